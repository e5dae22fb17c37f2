package build.leash.secrets.lifecycle;

import static java.time.ZoneOffset.UTC;

import build.leash.secrets.api.event.EncryptionKeyAssigned;
import build.leash.secrets.api.event.EncryptionKeyRotated;
import build.leash.secrets.api.event.OrganizationShredded;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.encryption_key}, the keys that organizations have and had. */
final class EncryptionKeyProjection {

    private final JdbcClient jdbc;

    EncryptionKeyProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(EncryptionKeyAssigned event, @Timestamp Instant when) {
        jdbc.sql("update secrets.encryption_key set state = 'former' where organization_id = ? and state = 'current'")
                .param(event.organizationId().value()).update();
        jdbc.sql("""
                insert into secrets.encryption_key as k
                  (organization_id, provider, key_name, origin, state, generation, assigned_at)
                values (?, ?, ?, ?, 'current', 1, ?)
                on conflict (organization_id, provider, key_name) do update
                set origin = excluded.origin, state = 'current', generation = k.generation + 1,
                    assigned_at = excluded.assigned_at
                """).params(event.organizationId().value(), event.provider(), event.keyName(),
                event.origin().toString(), when.atOffset(UTC)).update();
    }

    @EventHandler
    void on(EncryptionKeyRotated event) {
        jdbc.sql("""
                update secrets.encryption_key set generation = generation + 1
                where organization_id = ? and provider = ? and key_name = ?
                """).params(event.organizationId().value(), event.provider(), event.keyName()).update();
    }

    @EventHandler
    void on(OrganizationShredded event) {
        jdbc.sql("update secrets.encryption_key set state = 'shredded' where organization_id = ?")
                .param(event.organizationId().value()).update();
    }
}
