package build.leash.app.eventstore;

import build.leash.access.api.Commands;
import build.leash.access.api.event.Projection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Puts Axon together. Every projection is subscribing, so it writes in the transaction that appends the event, and every
 * error handler propagates, so that a projection that throws makes the command fail with nothing stored: Axon's default
 * would log the exception and report success.
 */
final class AxonComposition {

    /** Keeps loading an aggregate to a few milliseconds, however many events it has. */
    static final int EVENTS_PER_SNAPSHOT = 20;

    private final EventStorageEngine engine;
    private final EventSerializer serializer;
    private final PlatformTransactionManager transactions;

    AxonComposition(EventStorageEngine engine, EventSerializer serializer, PlatformTransactionManager transactions) {
        this.engine = engine;
        this.serializer = serializer;
        this.transactions = transactions;
    }

    /**
     * Lets events tell the time in milliseconds. The log keeps no more, so a read model that was given more would not
     * equal its rebuild.
     */
    static void tellTimeAsTheLogDoes(Clock clock) {
        GenericEventMessage.clock = Clock.tick(clock, Duration.ofMillis(1));
    }

    /** Without Axon's own modules, of which one would ask the vendor's server for updates. */
    Configuration start(Aggregates aggregates, List<Projection> projections) {
        Configurer axon = DefaultConfigurer.defaultConfiguration(false)
                .configureTransactionManager(c -> new SpringTransactionManager(transactions))
                .configureSerializer(c -> serializer).configureEventSerializer(c -> serializer)
                .configureMessageSerializer(c -> serializer).configureEmbeddedEventStore(c -> engine)
                .configureCorrelationDataProviders(c -> List.of(new MessageOriginProvider(),
                        new SimpleCorrelationDataProvider(Commands.ACTOR, Commands.REQUEST_ID)));
        aggregates.classes().forEach(aggregate -> addAggregate(axon, aggregate));
        addProjections(axon.eventProcessing(), projections);
        return axon.start();
    }

    private void addAggregate(Configurer axon, Class<?> aggregate) {
        axon.configureAggregate(AggregateConfigurer.defaultConfiguration(aggregate)
                .configureSnapshotTrigger(
                        c -> new EventCountSnapshotTriggerDefinition(c.snapshotter(), EVENTS_PER_SNAPSHOT)));
    }

    private static void addProjections(EventProcessingConfigurer processing, List<Projection> projections) {
        processing.usingSubscribingEventProcessors()
                .registerDefaultErrorHandler(c -> PropagatingErrorHandler.instance())
                .registerDefaultListenerInvocationErrorHandler(c -> PropagatingErrorHandler.instance());
        for (Projection projection : projections) {
            processing.assignHandlerInstancesMatching(projection.name(), projection.handler()::equals)
                    .registerEventHandler(c -> projection.handler());
        }
    }
}
