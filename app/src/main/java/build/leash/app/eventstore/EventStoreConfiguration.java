package build.leash.app.eventstore;

import build.leash.access.api.Commands;
import build.leash.access.api.Writes;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventSourced;
import build.leash.access.api.event.Projection;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    @Bean
    EventCatalogue eventCatalogue(List<EventFamily> families) {
        return new EventCatalogue(families);
    }

    @Bean
    Aggregates aggregates(List<EventSourced> eventSourced) {
        return Aggregates.of(eventSourced);
    }

    @Bean
    EventSerializer eventSerializer(EventCatalogue catalogue, Aggregates aggregates) {
        return new EventSerializer(catalogue, aggregates);
    }

    /** Takes the {@code JdbcClient} only so as to come after the migrations. */
    @Bean
    EventStorageEngine eventStorageEngine(EventSerializer serializer, DataSource dataSource, JdbcClient migrated,
            PlatformTransactionManager transactions, Upcasters upcasters) {
        return EventTables.engine(serializer, dataSource, transactions, upcasters);
    }

    /** Modules offer the steps of their events as beans. */
    @Bean
    Upcasters upcasters(ObjectProvider<EventUpcaster> steps) {
        return Upcasters.of(steps.orderedStream().toList());
    }

    @Bean
    PresentEvents presentEvents(EventCatalogue catalogue, EventSerializer serializer, Upcasters upcasters) {
        return new PresentEvents(catalogue, serializer, upcasters);
    }

    @Bean(destroyMethod = "shutdown")
    org.axonframework.config.Configuration axon(EventStorageEngine engine, EventSerializer serializer,
            PlatformTransactionManager transactions, Aggregates aggregates, List<Projection> projections, Clock clock) {
        AxonComposition.tellTimeAsTheLogDoes(clock);
        return new AxonComposition(engine, serializer, transactions).start(aggregates, projections);
    }

    @Bean
    EventStore eventStore(org.axonframework.config.Configuration axon) {
        return axon.eventStore();
    }

    @Bean
    CommandGateway commandGateway(org.axonframework.config.Configuration axon) {
        return axon.commandGateway();
    }

    @Bean
    Commands commands(CommandGateway gateway) {
        return new Commands(gateway);
    }

    /** Half of the pool is left to what only reads; hand-offs, which have a pool of their own, do not even need that. */
    @Bean
    Writes writes(PlatformTransactionManager transactions, JdbcClient jdbc, HikariDataSource pool) {
        return new Writes(new TransactionTemplate(transactions), jdbc, Math.max(1, pool.getMaximumPoolSize() / 2));
    }
}
