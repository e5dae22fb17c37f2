package build.leash.app.audit.replay;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.access.api.event.Rebuild;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replays one organization: to compare it with the read models, or to tell its state as of a moment. */
public final class OrganizationReplay {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final ReadModels models;
    private final LogRelation log;
    private final Comparison comparison;
    private final TransactionTemplate snapshot;

    OrganizationReplay(JdbcClient jdbc, ReadModels models, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.models = models;
        this.log = new LogRelation(jdbc);
        this.comparison = new Comparison(jdbc);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** What came of it. */
    public record Result(long events, List<TableReport> tables) {}

    /** Compares the organization's rows of every read model with those that its events make. */
    public Result compare(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        UUID organization = caller.organization().value();
        return snapshot.execute(status -> {
            long events = log.fill(List.of(organization), null);
            return new Result(events,
                    models.rebuilds().stream().map(rebuild -> compare(rebuild, organization)).toList());
        });
    }

    /** The rows of every read model as they stood at a moment, by table; each in the order of its JSON. */
    public Map<String, List<JsonNode>> stateAsOf(Caller caller, Instant moment) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        return snapshot.execute(status -> {
            log.fill(List.of(caller.organization().value()), moment);
            Map<String, List<JsonNode>> state = new LinkedHashMap<>();
            models.rebuilds().forEach(rebuild -> state.put(rebuild.table(), rows(rebuild)));
            return state;
        });
    }

    private TableReport compare(Rebuild rebuild, @Nullable UUID organization) {
        return comparison.compare(rebuild, rebuilt(rebuild), organization);
    }

    private List<JsonNode> rows(Rebuild rebuild) {
        return jdbc.sql("select to_jsonb(t)::text from " + rebuilt(rebuild) + " t order by 1")
                .query((row, number) -> JSON.readTree(row.getString(1))).list();
    }

    /** In a table, so that its columns have the names of the live one's. */
    private String rebuilt(Rebuild rebuild) {
        String table = "pg_temp." + rebuild.table().replace('.', '_');
        jdbc.sql("create temporary table " + rebuild.table().replace('.', '_') + " (like " + rebuild.table()
                + ") on commit drop").update();
        jdbc.sql("insert into " + table + " " + rebuild.query()).update();
        return table;
    }
}
