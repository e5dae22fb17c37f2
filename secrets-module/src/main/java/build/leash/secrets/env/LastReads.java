package build.leash.secrets.env;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.LastRead;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Remembers which API key last read each key of an app, and when. The read only notes it in memory; {@link #flush}
 * writes what was noted, one row per key in one statement, so the cost does not grow with the request rate. A node that is killed loses
 * at most what it noted since.
 */
final class LastReads {

    /** How many rows one statement writes. */
    private static final int MAX_ROWS = 5_000;
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

    /** An app that is removed leaves nothing behind; in the transaction that removes it. */
    void forget(OrganizationId organization, AppName app) {
        jdbc.sql("delete from secrets.env_read where organization_id = ? and app = ?")
                .params(organization.value(), app.value()).update();
    }

    /** Writes what was noted, each second and once more at the end. What cannot be written now stays noted. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void flush() {
        List<Map.Entry<Place, LastRead>> entries = List.copyOf(noted.entrySet());
        try {
            for (int from = 0; from < entries.size(); from += MAX_ROWS) {
                List<Map.Entry<Place, LastRead>> some = entries.subList(from,
                        Math.min(entries.size(), from + MAX_ROWS));
                write(some);
                some.forEach(entry -> noted.remove(entry.getKey(), entry.getValue()));
            }
        } catch (DataAccessException e) {
            LOG.warn("The times of the last reads cannot be written now: {}", e.getClass().getSimpleName());
        }
    }

    /** In one statement, in the order of the rows, so that two nodes do not wait for each other in a circle. */
    private void write(List<Map.Entry<Place, LastRead>> reads) {
        List<Place> places = reads.stream().map(Map.Entry::getKey).toList();
        List<LastRead> last = reads.stream().map(Map.Entry::getValue).toList();
        jdbc.sql("""
                insert into secrets.env_read as r (organization_id, app, key, api_key_id, read_at)
                select n.organization_id, n.app, n.key, n.api_key_id, n.read_at
                from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[])
                  as n (organization_id, app, key, api_key_id, read_at)
                join secrets.env_app a on a.organization_id = n.organization_id and a.name = n.app
                order by n.organization_id, n.app, n.key
                on conflict (organization_id, app, key) do update
                set api_key_id = excluded.api_key_id, read_at = excluded.read_at where r.read_at < excluded.read_at
                """).param(column(places, place -> place.organization().value().toString()))
                .param(column(places, place -> place.app().value())).param(column(places, place -> place.key().value()))
                .param(column(last, read -> read.apiKey().value().toString()))
                .param(column(last, read -> read.readAt().toString())).update();
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
