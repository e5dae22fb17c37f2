package build.leash.secrets.lifecycle;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.event.Rebuild;
import build.leash.secrets.api.event.EncryptionKeyAssigned;
import build.leash.secrets.api.event.EncryptionKeyRotated;
import build.leash.secrets.api.event.OrganizationShredded;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.encryption_key}, the keys that organizations have and had. */
final class EncryptionKeyProjection {

    /** A key that was shredded stays so until it is assigned again; of the others, the last assigned one is current. */
    static final Rebuild REBUILD = Rebuild.state("encryptionKeys", "secrets.encryption_key", "organization_id", """
            select organization_id, provider, key_name,
              (array_agg(origin order by global_index desc) filter (where is_assigned))[1],
              case when max(shredded) > max(global_index) filter (where is_assigned) then 'shredded'
                when max(latest) = max(global_index) filter (where is_assigned) then 'current' else 'former' end,
              count(*), (array_agg(at order by global_index desc) filter (where is_assigned))[1]
            from (
              select global_index, type, organization_id, at, data ->> 'provider' as provider,
                data ->> 'keyName' as key_name, data ->> 'origin' as origin,
                type = 'secrets.encryption-key-assigned' as is_assigned,
                min(global_index) filter (where type = 'secrets.encryption-key-assigned')
                  over (partition by organization_id, data ->> 'provider', data ->> 'keyName') as first,
                max(global_index) filter (where type = 'secrets.encryption-key-assigned')
                  over (partition by organization_id) as latest,
                max(global_index) filter (where type = 'secrets.organization-shredded')
                  over (partition by organization_id) as shredded
              from log where type in ('secrets.encryption-key-assigned', 'secrets.encryption-key-rotated',
                'secrets.organization-shredded')
            ) change
            where type <> 'secrets.organization-shredded' and global_index >= first
            group by organization_id, provider, key_name
            """);

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
