package build.leash.app.dashboard.live;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.OrganizationId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks twice a second, while pages are open on this node, for what happened in their organizations on whatever node.
 * Looks back over {@link #WINDOW} each time and remembers what it told, because a change that began earlier can be
 * committed later. What failed to be told is told the next time.
 */
@Component
final class LiveChanges {

    private static final Logger LOG = LoggerFactory.getLogger(LiveChanges.class);

    static final Duration WINDOW = Duration.ofSeconds(45);
    private static final int MAX_ROWS = 1_000;

    private final JdbcClient jdbc;
    private final Watchers watchers;
    private final Clock clock;
    private final Cache<String, Boolean> told = Caffeine.newBuilder().expireAfterWrite(WINDOW.multipliedBy(2))
            .maximumSize(100_000).build();

    LiveChanges(JdbcClient jdbc, Watchers watchers, Clock clock) {
        this.jdbc = jdbc;
        this.watchers = watchers;
        this.clock = clock;
    }

    private record Change(OrganizationId organization, String position, Topic topic) {}

    @Scheduled(fixedDelay = 500, timeUnit = TimeUnit.MILLISECONDS)
    void look() {
        Set<OrganizationId> organizations = watchers.organizations();
        if (organizations.isEmpty()) {
            return;
        }
        try {
            List<Change> untold = changes(organizations).stream()
                    .filter(change -> told.getIfPresent(change.position()) == null).toList();
            Map<OrganizationId, Set<Topic>> topics = new HashMap<>();
            for (Change change : untold) {
                topics.computeIfAbsent(change.organization(), o -> EnumSet.of(Topic.ACTIVITY)).add(change.topic());
            }
            topics.forEach(watchers::tell);
            untold.forEach(change -> told.put(change.position(), true));
        } catch (DataAccessException e) {
            LOG.warn("Open pages cannot be told of changes now: {}", e.getClass().getSimpleName());
        }
    }

    @Scheduled(fixedDelay = 20, timeUnit = TimeUnit.SECONDS)
    void beat() {
        watchers.beat();
    }

    private List<Change> changes(Set<OrganizationId> organizations) {
        return jdbc.sql("""
                select organization_id, aggregate_identifier || '/' || sequence_number, event_name from web.activity
                where organization_id = any(?) and happened_at > ? order by happened_at desc limit ?
                """).params(organizations.stream().map(OrganizationId::value).toArray(UUID[]::new),
                clock.instant().minus(WINDOW).atOffset(UTC), MAX_ROWS)
                .query((row, number) -> new Change(OrganizationId.of(row.getString(1)), row.getString(2),
                        Topic.of(row.getString(3))))
                .list();
    }
}
