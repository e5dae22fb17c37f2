package build.leash.app.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.OrganizationId;
import build.leash.app.audit.ChildLeash;
import build.leash.app.audit.Figures;
import build.leash.app.audit.LongLog;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The command {@code audit replay} in a process of its own, on a log of many organizations. {@code benchmarks/replay} runs
 * it with a million events.
 */
@BesideOthers
class ReplayAtScaleTest {

    private static final long EVENTS = Long.getLong("leash.scale.events", 20_000);
    private static final int ORGANIZATIONS = Integer.getInteger("leash.scale.organizations", 100);
    private static final int ROUNDS = Integer.getInteger("leash.scale.rounds", 1);
    /** Asked for by a measurement alone; a build server may be as slow as it is. */
    private static final @Nullable Integer MIN_PER_SECOND = Integer.getInteger("leash.scale.min-per-second");
    private static final double MAX_MEGABYTES = 400;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern SPEED = Pattern.compile("Replayed and compared in .*: (\\d+) events a second");

    private static RunningLeash leash;
    private static JdbcClient jdbc;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void fillTheLog() {
        leash = RunningLeash.start();
        jdbc = leash.bean(JdbcClient.class);
        long before = events();
        new LongLog(leash).write(EVENTS,
                IntStream.range(0, ORGANIZATIONS).mapToObj(i -> OrganizationId.random()).toList());
        assertThat(events() - before).isEqualTo(EVENTS);
    }

    @AfterAll
    static void stop() {
        leash.close();
    }

    @Test
    void makesIdenticalReadModelsInLittleMemory() throws IOException {
        double[] speeds = new double[ROUNDS];
        double[] megabytes = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            try (ChildLeash command = ChildLeash.start(leash, folder, "96m", "audit", "replay", "--fresh")) {
                assertThat(command.awaitEnd()).as(command.output()).isZero();
                assertThat(command.output()).doesNotContain("DIFFERENT")
                        .contains("] " + events() + " of " + events() + " events staged");
                tables().forEach(table -> assertThat(command.output()).contains(table + ": identical, "));
                speeds[round] = speed(command.output());
                megabytes[round] = command.peakMegabytes();
            }
        }
        Figures.note("Replay of " + EVENTS + " events", "events a second", speeds);
        Figures.note("Replay of " + EVENTS + " events, whole process", "MB", megabytes);
        if (MIN_PER_SECOND != null) {
            assertThat(Arrays.stream(speeds).min().orElseThrow()).isGreaterThanOrEqualTo(MIN_PER_SECOND);
        }
        assertThat(Arrays.stream(megabytes).max().orElseThrow()).isBetween(1.0, MAX_MEGABYTES);
    }

    /** A row that is added to a table which was built before the kill is still in it afterwards: it was not built anew. */
    @Test
    void goesOnAfterSigkillAndRepeatsNoCompletedTable() {
        Replay plan = leash.bean(Replay.class);
        plan.prepare(true);
        TransactionTemplate transaction = new TransactionTemplate(leash.bean(PlatformTransactionManager.class));
        String allButTheLocked = "events staged, " + (tables().size() - 1) + " of " + tables().size();
        try (ChildLeash killed = transaction.execute(status -> {
            jdbc.sql("lock table replay.web_activity in exclusive mode").update();
            ChildLeash command = ChildLeash.start(leash, folder, "96m", "audit", "replay");
            Poll.until(LIMIT, "all tables but the locked one are built",
                    () -> !command.isAlive() || command.output().contains(allButTheLocked));
            command.kill();
            return command;
        })) {
            assertThat(killed.output()).contains(allButTheLocked);
        }
        jdbc.sql("insert into replay.billing_plan values (gen_random_uuid(), 'scale', now())").update();

        try (ChildLeash command = ChildLeash.start(leash, folder, "96m", "audit", "replay")) {
            assertThat(command.awaitEnd()).as(command.output()).isEqualTo(1);
            assertThat(command.output()).containsPattern("Resumed: (\\d+) of \\1 events were staged and "
                    + (tables().size() - 1) + " of " + tables().size() + " tables built before");
            tables().stream().filter(table -> !table.equals("billing.plan"))
                    .forEach(table -> assertThat(command.output()).contains(table + ": identical, "));
            assertThat(command.output()).contains("billing.plan: DIFFERENT").containsOnlyOnce("  missing {");
        }
        assertThat(jdbc.sql("select count(*) from pg_tables where schemaname = 'replay'").query(Long.class).single())
                .isZero();
    }

    private static long events() {
        return jdbc.sql("select count(*) from eventstore.domain_event").query(Long.class).single();
    }

    private static List<String> tables() {
        return leash.bean(ReadModels.class).rebuilds().stream().map(rebuild -> rebuild.table()).toList();
    }

    private static double speed(String output) {
        Matcher speed = SPEED.matcher(output);
        assertThat(speed.find()).as(output).isTrue();
        return Double.parseDouble(speed.group(1));
    }
}
