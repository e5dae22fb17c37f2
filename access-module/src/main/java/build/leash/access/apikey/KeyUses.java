package build.leash.access.apikey;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.ApiKeyId;
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
 * Remembers when each key was last used. A request only notes it in memory; {@link #flush} writes what was noted, one
 * row per key, so the cost does not grow with the request rate. A node that is killed loses at most what it noted since.
 */
final class KeyUses {

    private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ConcurrentHashMap<ApiKeyId, Instant> noted = new ConcurrentHashMap<>();

    KeyUses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void note(ApiKeyId key) {
        noted.put(key, clock.instant());
    }

    Map<ApiKeyId, Instant> find(Collection<ApiKeyId> keys) {
        Map<ApiKeyId, Instant> found = new HashMap<>();
        jdbc.sql("select key_id, used_at from access.api_key_use where key_id = any(?)")
                .param(keys.stream().map(ApiKeyId::value).toArray(UUID[]::new)).query(row -> {
                    found.put(ApiKeyId.of(row.getString(1)), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return Map.copyOf(found);
    }

    /** Writes what was noted, each second and once more at the end. What cannot be written now stays noted. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void flush() {
        for (Map.Entry<ApiKeyId, Instant> entry : noted.entrySet()) {
            try {
                write(entry.getKey(), entry.getValue());
            } catch (DataAccessException e) {
                LOG.warn("The times of the last uses cannot be written now: {}", e.getClass().getSimpleName());
                return;
            }
            noted.remove(entry.getKey(), entry.getValue());
        }
    }

    private void write(ApiKeyId key, Instant when) {
        jdbc.sql("""
                insert into access.api_key_use (key_id, used_at) values (?, ?)
                on conflict (key_id) do update set used_at = greatest(api_key_use.used_at, excluded.used_at)
                """).params(key.value(), when.atOffset(UTC)).update();
    }
}
