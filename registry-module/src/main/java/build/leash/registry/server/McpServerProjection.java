package build.leash.registry.server;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.Commands;
import build.leash.access.api.event.Rebuild;
import build.leash.registry.api.HeadersJson;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code registry.mcp_server}, the servers that are registered. Its primary key lets a slug be taken once. */
final class McpServerProjection {

    static final Rebuild REBUILD = Rebuild.state("servers", "registry.mcp_server", "organization_id",
            """
                    select organization_id, described ->> 'slug', server_id, described ->> 'displayName', described ->> 'url',
                      described ->> 'transport', bearer_version, rotated_at, rotated_by, described -> 'headers', version,
                      registered_at, registered_by, changed_at, changed_by
                    from (
                      select organization_id, (data ->> 'serverId')::uuid as server_id,
                        (array_agg(data order by global_index desc) filter (where data -> 'headers' is not null))[1] as described,
                        (array_agg((data -> 'bearer' ->> 'version')::bigint order by global_index desc)
                          filter (where data -> 'bearer' -> 'version' is not null))[1] as bearer_version,
                        (array_agg(at order by global_index desc) filter (where data -> 'bearer' -> 'version' is not null))[1] as rotated_at,
                        (array_agg(actor order by global_index desc) filter (where data -> 'bearer' -> 'version' is not null))[1]
                          as rotated_by,
                        max((data ->> 'version')::bigint) as version,
                        (array_agg(at order by global_index desc) filter (where type = 'registry.mcp-server-registered'))[1] as registered_at,
                        (array_agg(actor order by global_index desc) filter (where type = 'registry.mcp-server-registered'))[1]
                          as registered_by,
                        (array_agg(at order by global_index desc))[1] as changed_at,
                        (array_agg(actor order by global_index desc))[1] as changed_by
                      from log where type like 'registry.%' group by 1, 2
                      having not bool_or(type = 'registry.mcp-server-revoked')
                    ) server
                    """);

    private final JdbcClient jdbc;

    McpServerProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(McpServerRegistered event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("""
                insert into registry.mcp_server
                  (organization_id, slug, server_id, display_name, url, transport, headers, version,
                   registered_at, registered_by, changed_at, changed_by)
                values (:organization, :slug, :server, :displayName, :url, :transport, :headers::jsonb, :version,
                        :when, :actor, :when, :actor)
                """).param("organization", event.organizationId().value()).param("slug", event.slug().value())
                .param("server", event.serverId().value()).param("displayName", event.displayName().value())
                .param("url", event.url().value()).param("transport", event.transport().toString())
                .param("headers", HeadersJson.write(event.headers())).param("version", event.version())
                .param("when", when.atOffset(UTC)).param("actor", actor).update();
        if (event.bearer() != null) {
            setBearer(new BearerRotated(event.serverId(), event.organizationId(), event.slug(), event.bearer(),
                    event.version()), when, actor);
        }
    }

    @EventHandler
    void on(McpServerChanged event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("""
                update registry.mcp_server
                set display_name = :displayName, url = :url, transport = :transport, headers = :headers::jsonb,
                    version = :version, changed_at = :when, changed_by = :actor
                where organization_id = :organization and slug = :slug
                """).param("organization", event.organizationId().value()).param("slug", event.slug().value())
                .param("displayName", event.displayName().value()).param("url", event.url().value())
                .param("transport", event.transport().toString())
                .param("headers", HeadersJson.write(event.headers())).param("version", event.version())
                .param("when", when.atOffset(UTC)).param("actor", actor).update();
    }

    @EventHandler
    void on(BearerRotated event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        setBearer(event, when, actor);
    }

    @EventHandler
    void on(McpServerRevoked event) {
        jdbc.sql("delete from registry.mcp_server where organization_id = ? and slug = ?")
                .params(event.organizationId().value(), event.slug().value()).update();
    }

    private void setBearer(BearerRotated event, Instant when, String actor) {
        jdbc.sql("""
                update registry.mcp_server
                set bearer_version = :bearer, rotated_at = :when, rotated_by = :actor,
                    version = :version, changed_at = :when, changed_by = :actor
                where organization_id = :organization and slug = :slug
                """).param("organization", event.organizationId().value()).param("slug", event.slug().value())
                .param("bearer", event.bearer().version()).param("version", event.version())
                .param("when", when.atOffset(UTC)).param("actor", actor).update();
    }
}
