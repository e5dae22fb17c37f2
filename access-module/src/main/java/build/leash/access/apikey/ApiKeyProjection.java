package build.leash.access.apikey;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.AppName;
import build.leash.access.api.Commands;
import build.leash.access.api.Slug;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.Rebuild;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps {@code access.api_key}, the keys in force, which a revoked one leaves in the transaction that revokes, and
 * {@code access.revoked_key}.
 */
final class ApiKeyProjection {

    static final List<Rebuild> REBUILDS = List.of(Rebuild.state("apiKeys", "access.api_key", "organization_id", """
            select decode(data ->> 'sha256', 'hex'), (data ->> 'keyId')::uuid, organization_id, data ->> 'kind',
              data ->> 'name', data ->> 'role',
              case when jsonb_typeof(data -> 'slugs') = 'array'
                then array(select jsonb_array_elements_text(data -> 'slugs')) end,
              at, actor, (data ->> 'expiresAt')::timestamptz,
              case when data ->> 'kind' = 'app' then coalesce(data ->> 'app', 'default') end
            from log
            where type = 'access.api-key-issued' and data ->> 'keyId' not in
              (select data ->> 'keyId' from log where type = 'access.api-key-revoked')
            """), Rebuild.view("access.revoked_key", "organization_id", """
            select decode(data ->> 'sha256', 'hex'), (data ->> 'keyId')::uuid, organization_id
            from log
            where type = 'access.api-key-issued' and data ->> 'keyId' in
              (select data ->> 'keyId' from log where type = 'access.api-key-revoked')
            """));

    private final JdbcClient jdbc;

    ApiKeyProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(ApiKeyIssued event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("""
                insert into access.api_key
                  (sha256, id, organization_id, kind, name, role, slugs, created_at, created_by, expires_at, app)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """).param(HexFormat.of().parseHex(event.sha256())).param(event.keyId().value())
                .param(event.organizationId().value()).param(event.kind().toString()).param(event.name().value())
                .param(event.role() == null ? null : event.role().toString()).param(texts(event.slugs()))
                .param(when.atOffset(UTC)).param(actor)
                .param(event.expiresAt() == null ? null : event.expiresAt().atOffset(UTC)).param(app(event)).update();
    }

    @EventHandler
    void on(ApiKeyRevoked event) {
        jdbc.sql("""
                with revoked as (delete from access.api_key where id = ? returning sha256, id, organization_id)
                insert into access.revoked_key (sha256, id, organization_id) select * from revoked
                """).param(event.keyId().value()).update();
    }

    private static @Nullable String app(ApiKeyIssued event) {
        if (event.kind() == ApiKeyKind.MANAGEMENT) {
            return null;
        }
        return requireNonNullElse(event.app(), AppName.DEFAULT).value();
    }

    private static String @Nullable [] texts(@Nullable List<Slug> slugs) {
        return slugs == null ? null : slugs.stream().map(Slug::value).toArray(String[]::new);
    }
}
