package build.leash.config.lookup;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.OrganizationId;
import build.leash.registry.api.McpServerId;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Remembers when each server was last handed off. The fetch only notes it in memory; {@link #flush} writes what was
 * noted, one row per server, so the cost does not grow with the request rate. A node that is killed loses at most what
 * it noted since.
 */
final class LastFetches {

    private static final Logger LOG = LoggerFactory.getLogger(LastFetches.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ConcurrentHashMap<Server, Instant> noted = new ConcurrentHashMap<>();

    private record Server(OrganizationId organization, McpServerId id) {}

    LastFetches(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void note(OrganizationId organization, McpServerId server) {
        noted.put(new Server(organization, server), clock.instant());
    }

    Map<McpServerId, Instant> find(OrganizationId organization, Collection<McpServerId> servers) {
        Map<McpServerId, Instant> found = new HashMap<>();
        jdbc.sql("select server_id, fetched_at from config.last_fetch where organization_id = ? and server_id = any(?)")
                .params(organization.value(), servers.stream().map(McpServerId::value).toArray(UUID[]::new))
                .query(row -> {
                    found.put(McpServerId.of(row.getString(1)), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return Map.copyOf(found);
    }

    /** Writes what was noted, each second and once more at the end. What cannot be written now stays noted for the next time. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    @PreDestroy
    void flush() {
        for (Map.Entry<Server, Instant> entry : noted.entrySet()) {
            try {
                write(entry.getKey(), entry.getValue());
            } catch (DataAccessException e) {
                LOG.warn("The times of the last fetches cannot be written now: {}", e.getClass().getSimpleName());
                return;
            }
            noted.remove(entry.getKey(), entry.getValue());
        }
    }

    private void write(Server server, Instant when) {
        jdbc.sql("""
                insert into config.last_fetch (organization_id, server_id, fetched_at) values (?, ?, ?)
                on conflict (organization_id, server_id)
                do update set fetched_at = greatest(last_fetch.fetched_at, excluded.fetched_at)
                """).params(server.organization().value(), server.id().value(), when.atOffset(UTC)).update();
    }
}
