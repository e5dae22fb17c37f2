package build.leash.app.audit.replay;

import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.RevisionRaiser;
import build.leash.access.api.event.Rebuild;
import build.leash.app.web.error.InvalidRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Replays one organization: to compare it with the read models, or to tell its state as of a moment. */
public final class OrganizationReplay {

    private static final int SWAP_ATTEMPTS = 5;
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final ReadModels models;
    private final LogRelation log;
    private final Comparison comparison;
    private final WriteLock lock;
    private final RevisionRaiser revisions;
    private final TransactionTemplate snapshot;
    private final TransactionTemplate timeLimited;
    private final PastStates states = new PastStates();

    OrganizationReplay(JdbcClient jdbc, ReadModels models, LogRelation log, PlatformTransactionManager transactions,
            RevisionRaiser revisions) {
        this.revisions = revisions;
        this.jdbc = jdbc;
        this.models = models;
        this.log = log;
        this.comparison = new Comparison(jdbc);
        this.lock = new WriteLock(jdbc, models, transactions);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.timeLimited = new TransactionTemplate(transactions, snapshot);
        timeLimited.setTimeout(PastStates.MAX_SECONDS);
    }

    /** What came of it. */
    public record Result(long events, List<TableReport> tables) {

        public boolean isIdentical() {
            return tables.stream().allMatch(TableReport::isIdentical);
        }
    }

    /**
     * The organization as it stood at a moment: rows by subject, in the order of their JSON. Their members are named as
     * the columns; the organization's id is left out.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#STORAGE_UNAVAILABLE} if too many are asked for at once
     * @throws InvalidRequest if it is of more than {@value PastStates#MAX_ROWS} rows
     */
    public Map<String, List<JsonNode>> stateAsOf(Caller caller, Instant moment) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        Selection selection = Selection.of(caller.organization().value(), moment);
        return states.tell(() -> timeLimited.execute(status -> {
            log.fillTemporary(selection);
            Map<String, List<JsonNode>> state = new LinkedHashMap<>();
            int left = PastStates.MAX_ROWS;
            for (Rebuild rebuild : models.rebuilds()) {
                if (rebuild.subject() != null) {
                    List<JsonNode> rows = rows(rebuild, left);
                    left -= rows.size();
                    state.put(rebuild.subject(), rows);
                }
            }
            return state;
        }));
    }

    int tables() {
        return models.rebuilds().size();
    }

    long events(UUID organization) {
        return jdbc.sql("select count(*) from eventstore.domain_event where organization_id = ?").param(organization)
                .query(Long.class).single();
    }

    /** @param progress is told how many tables were compared */
    Result compare(UUID organization, IntConsumer progress) {
        return snapshot.execute(status -> {
            long events = events(organization);
            log.fillTemporary(Selection.of(List.of(organization)));
            List<TableReport> reports = new ArrayList<>();
            for (Rebuild rebuild : models.rebuilds()) {
                reports.add(compare(rebuild, organization));
                progress.accept(reports.size());
            }
            return new Result(events, reports);
        });
    }

    /**
     * Makes the rows anew before it holds up writes, and looks whether the organization was written to meanwhile. One that
     * always is has its rows made while everybody waits, in the end.
     *
     * @return how many rows were removed and added
     */
    int swap(UUID organization) {
        for (int attempt = 1; attempt < SWAP_ATTEMPTS; attempt++) {
            OptionalInt rows = lock.whileNobodyWrites(() -> prepare(organization),
                    prepared -> prepared.events() == events(organization)
                            ? OptionalInt.of(replace(prepared, organization))
                            : OptionalInt.empty());
            if (rows.isPresent()) {
                return rows.getAsInt();
            }
        }
        return lock.whileNobodyWrites(() -> replace(prepare(organization), organization));
    }

    /** The rows that so many events make, in temporary tables. */
    private record Prepared(long events, Map<Rebuild, String> tables) {}

    private Prepared prepare(UUID organization) {
        long events = events(organization);
        log.fillTemporary(Selection.of(List.of(organization)));
        Map<Rebuild, String> tables = new LinkedHashMap<>();
        models.rebuilds().forEach(rebuild -> tables.put(rebuild, rebuilt(rebuild)));
        return new Prepared(events, tables);
    }

    private int replace(Prepared prepared, UUID organization) {
        int rows = prepared.tables().entrySet().stream()
                .mapToInt(table -> comparison.replace(table.getKey(), table.getValue(), List.of(organization))).sum();
        revisions.raise(List.of(new OrganizationId(organization)));
        return rows;
    }

    private TableReport compare(Rebuild rebuild, UUID organization) {
        String live = "(select * from " + rebuild.table() + " where " + rebuild.organizationColumn() + " = '"
                + organization + "')";
        String shadow = rebuilt(rebuild);
        return comparison.report(rebuild, live, comparison.digest(live), shadow, comparison.digest(shadow));
    }

    private List<JsonNode> rows(Rebuild rebuild, int atMost) {
        List<JsonNode> rows = jdbc
                .sql("select (to_jsonb(t) - ?::text)::text from " + rebuilt(rebuild) + " t order by 1 limit ?")
                .params(rebuild.organizationColumn(), atMost + 1).query((row, number) -> named(row.getString(1)))
                .list();
        if (rows.size() > atMost) {
            throw new InvalidRequest("at", "The state has more than " + PastStates.MAX_ROWS
                    + " rows. Export the log instead.");
        }
        return rows;
    }

    /** {@code display_name} is {@code displayName} in JSON. */
    private static JsonNode named(String row) {
        ObjectNode named = JSON.createObjectNode();
        JSON.readTree(row).propertyStream().forEach(member -> named.set(UNDERSCORE.matcher(member.getKey())
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT)), member.getValue()));
        return named;
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
