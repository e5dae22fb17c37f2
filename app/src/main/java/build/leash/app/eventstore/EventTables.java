package build.leash.app.eventstore;

import javax.sql.DataSource;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The event log's tables, as the migrations of {@code eventstore} make them, and the engine over them. */
final class EventTables {

    private static final EventSchema SCHEMA = EventSchema.builder().eventTable("eventstore.domain_event")
            .snapshotTable("eventstore.snapshot").globalIndexColumn("global_index").timestampColumn("time_stamp")
            .eventIdentifierColumn("event_identifier").aggregateIdentifierColumn("aggregate_identifier")
            .sequenceNumberColumn("sequence_number").typeColumn("type").payloadTypeColumn("payload_type")
            .payloadRevisionColumn("payload_revision").payloadColumn("payload").metaDataColumn("meta_data").build();

    private static final int EVENTS_AT_ONCE = 100;

    private EventTables() {}

    /** Asks no second time for an aggregate's events when the first answer had room for more. */
    static EventStorageEngine engine(EventSerializer serializer, DataSource dataSource,
            PlatformTransactionManager transactions, Upcasters upcasters) {
        return JdbcEventStorageEngine.builder().schema(SCHEMA).dataType(byte[].class).eventSerializer(serializer)
                .snapshotSerializer(serializer).upcasterChain(upcasters.chain())
                .snapshotFilter(snapshot -> serializer.writesSnapshotsAs(snapshot.getPayload().getType()))
                .batchSize(EVENTS_AT_ONCE).finalAggregateBatchPredicate(batch -> batch.size() < EVENTS_AT_ONCE)
                .connectionProvider(new UnitOfWorkAwareConnectionProviderWrapper(
                        new SpringDataSourceConnectionProvider(dataSource)))
                .transactionManager(new SpringTransactionManager(transactions)).build();
    }
}
