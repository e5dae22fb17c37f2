package build.leash.app.dashboard.activity;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.Commands;
import build.leash.access.api.event.EventName;
import build.leash.access.api.event.RecordedEvent;
import build.leash.access.api.event.Rebuild;
import build.leash.registry.api.event.RegistryEvent;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code web.activity}: for each organization where in the log its events are. */
final class ActivityProjection {

    static final Rebuild REBUILD = Rebuild.view("web.activity", "organization_id", """
            select aggregate, sequence, organization_id, type, at, actor,
              case when type like 'registry.%' then data ->> 'slug' end
            from log
            """);

    private final JdbcClient jdbc;

    ActivityProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(RecordedEvent event, DomainEventMessage<?> message) {
        jdbc.sql("""
                insert into web.activity
                  (aggregate_identifier, sequence_number, organization_id, event_name, happened_at, actor, slug)
                values (:aggregate, :sequence, :organization, :event, :when, :actor, :slug)
                """).param("aggregate", message.getAggregateIdentifier())
                .param("sequence", message.getSequenceNumber())
                .param("organization", event.organizationId().value())
                .param("event", Objects.requireNonNull(event.getClass().getAnnotation(EventName.class)).value())
                .param("when", message.getTimestamp().atOffset(UTC))
                .param("actor", String.valueOf(message.getMetaData().get(Commands.ACTOR)))
                .param("slug", slug(event)).update();
    }

    private static @Nullable String slug(RecordedEvent event) {
        return event instanceof RegistryEvent server ? server.slug().value() : null;
    }
}
