package build.leash.config.lookup;

import build.leash.access.api.event.Rebuild;
import build.leash.registry.api.HeadersJson;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import build.leash.secrets.api.SecretRef;
import java.util.List;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code config.endpoint}: what a fetch needs, in one row. */
final class EndpointProjection {

    static final Rebuild REBUILD = Rebuild.view("config.endpoint", "organization_id",
            """
                    select organization_id, described ->> 'slug', server_id, version, described ->> 'displayName',
                      described ->> 'url', described ->> 'transport', (bearer ->> 'id')::uuid, (bearer ->> 'version')::bigint,
                      described -> 'headers'
                    from (
                      select organization_id, (data ->> 'serverId')::uuid as server_id,
                        max((data ->> 'version')::bigint) as version,
                        (array_agg(data order by global_index desc) filter (where data -> 'headers' is not null))[1] as described,
                        (array_agg(data -> 'bearer' order by global_index desc)
                          filter (where data -> 'bearer' -> 'version' is not null))[1] as bearer
                      from log where type like 'registry.%' group by 1, 2
                      having not bool_or(type = 'registry.mcp-server-revoked')
                    ) server
                    """);

    private final JdbcClient jdbc;

    EndpointProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(McpServerRegistered event) {
        @Nullable
        SecretRef bearer = event.bearer();
        jdbc.sql("""
                insert into config.endpoint (organization_id, slug, server_id, version, display_name, url, transport,
                  bearer_id, bearer_version, headers)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """).params(event.organizationId().value(), event.slug().value(), event.serverId().value(),
                event.version(), event.displayName().value(), event.url().value(), event.transport().toString())
                .param(bearer == null ? null : bearer.id()).param(bearer == null ? null : bearer.version())
                .param(HeadersJson.write(event.headers())).update();
    }

    @EventHandler
    void on(McpServerChanged event) {
        jdbc.sql("""
                update config.endpoint
                set version = ?, display_name = ?, url = ?, transport = ?, headers = ?::jsonb
                where organization_id = ? and slug = ?
                """).params(event.version(), event.displayName().value(), event.url().value(),
                event.transport().toString(), HeadersJson.write(event.headers()), event.organizationId().value(),
                event.slug().value()).update();
    }

    @EventHandler
    void on(BearerRotated event) {
        jdbc.sql("""
                update config.endpoint set version = ?, bearer_id = ?, bearer_version = ?
                where organization_id = ? and slug = ?
                """).params(event.version(), event.bearer().id(), event.bearer().version(),
                event.organizationId().value(), event.slug().value()).update();
    }

    @EventHandler
    void on(McpServerRevoked event) {
        jdbc.sql("delete from config.endpoint where organization_id = ? and slug = ?")
                .params(event.organizationId().value(), event.slug().value()).update();
    }
}
