package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.LastRead;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Remembers which API key last read each key of an app, and when. The read only notes it in memory; {@link #flush}
 * writes what was noted, one row per key, so the cost does not grow with the request rate. A node that is killed loses
 * at most what it noted since.
 */
final class LastReads {

    private static final Logger LOG = LoggerFactory.getLogger(LastReads.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ConcurrentHashMap<Place, LastRead> noted = new ConcurrentHashMap<>();

    private record Place(OrganizationId organization, AppName app, EnvKey key) {}

    LastReads(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void note(AppKey app, Collection<EnvKey> keys) {
        LastRead read = new LastRead(app.id(), clock.instant());
        keys.forEach(key -> noted.put(new Place(app.organization(), app.app(), key), read));
    }

    Map<EnvKey, LastRead> find(OrganizationId organization, AppName app) {
        Map<EnvKey, LastRead> found = new HashMap<>();
        jdbc.sql("select key, api_key_id, read_at from secrets.env_read where organization_id = ? and app = ?")
                .params(organization.value(), app.value())
                .query(row -> {
                    found.put(EnvKey.of(row.getString(1)), new LastRead(ApiKeyId.of(row.getString(2)),
                            row.getObject(3, OffsetDateTime.class).toInstant()));
                });
        return Map.copyOf(found);
    }

    /** Writes what was noted, each second and once more at the end. What cannot be written now stays noted. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void flush() {
        for (Map.Entry<Place, LastRead> entry : noted.entrySet()) {
            try {
                write(entry.getKey(), entry.getValue());
            } catch (DataAccessException e) {
                LOG.warn("The times of the last reads cannot be written now: {}", e.getClass().getSimpleName());
                return;
            }
            noted.remove(entry.getKey(), entry.getValue());
        }
    }

    private void write(Place place, LastRead read) {
        Instant when = read.readAt();
        jdbc.sql("""
                insert into secrets.env_read as r (organization_id, app, key, api_key_id, read_at)
                values (?, ?, ?, ?, ?)
                on conflict (organization_id, app, key) do update
                set api_key_id = excluded.api_key_id, read_at = excluded.read_at where r.read_at < excluded.read_at
                """).params(place.organization().value(), place.app().value(), place.key().value(),
                read.apiKey().value(), when.atOffset(UTC)).update();
    }
}
