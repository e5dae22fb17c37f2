package build.leash.app.audit.replay;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.RevisionRaiser;
import build.leash.access.api.event.Rebuild;
import build.leash.app.audit.replay.Shadow.Stale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts rebuilt rows in the place of those that differ. Which organizations differ is found out while writes go on; under
 * the lock it looks only at these and at those that were written to since, so writes wait a moment, however long the log
 * is. Reads never wait.
 */
final class Swap {

    private final JdbcClient jdbc;
    private final ReadModels models;
    private final Shadow shadow;
    private final Comparison comparison;
    private final WriteLock lock;
    private final RevisionRaiser revisions;
    private final TransactionTemplate snapshot;

    Swap(JdbcClient jdbc, ReadModels models, Shadow shadow, PlatformTransactionManager transactions,
            RevisionRaiser revisions) {
        this.revisions = revisions;
        this.jdbc = jdbc;
        this.models = models;
        this.shadow = shadow;
        this.comparison = new Comparison(jdbc);
        this.lock = new WriteLock(jdbc, models, transactions);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Whose rows differ, by table, when the ledger had this size. */
    private record Differing(long ledgerSize, Map<Rebuild, List<UUID>> organizations) {}

    /** @return how many rows were removed and added */
    int run() {
        Differing differing = snapshot.execute(status -> find());
        return lock.whileNobodyWrites(() -> replace(differing));
    }

    private Differing find() {
        SessionLimits.lift(jdbc);
        shadow.index();
        shadow.rebuild(shadow.stale());
        long size = jdbc.sql("select size from audit.ledger").query(Long.class).single();
        Map<Rebuild, List<UUID>> organizations = new HashMap<>();
        models.rebuilds().forEach(rebuild -> organizations.put(rebuild,
                comparison.differing(rebuild, rebuild.table(), Shadow.table(rebuild))));
        return new Differing(size, organizations);
    }

    private int replace(Differing differing) {
        List<Stale> stale = shadow.staleSince(differing.ledgerSize());
        shadow.rebuild(stale);
        int rows = 0;
        Set<OrganizationId> changed = new LinkedHashSet<>();
        for (Rebuild rebuild : models.rebuilds()) {
            Set<UUID> organizations = new LinkedHashSet<>(
                    differing.organizations().getOrDefault(rebuild, List.of()));
            stale.forEach(each -> organizations.add(each.organization()));
            organizations.forEach(each -> changed.add(new OrganizationId(each)));
            rows += organizations.isEmpty()
                    ? 0
                    : comparison.replace(rebuild, Shadow.table(rebuild), new ArrayList<>(organizations));
        }
        revisions.raise(changed);
        return rows;
    }
}
