package build.leash.app.audit.readlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppName;
import build.leash.access.api.KnownKey;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.config.api.HandOff;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.ServerVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** The real tables behind a connection that can be cut. */
class ReadLogWithoutDatabaseTest {

    private static final ReadLogSettings SETTINGS = new ReadLogSettings(ReadLogSettings.Mode.BATCHED,
            Duration.ofDays(400));

    private final JdbcClient jdbc = RunningLeash.shared().bean(JdbcClient.class);
    private final Cut database = new Cut();
    private final AppKey app = new AppKey(ApiKeyId.random(), OrganizationId.random(), null,
            AppName.of("app"));

    /** Gives out no connection while it is cut, and kills some between their commit and its acknowledgement. */
    private static final class Cut extends DelegatingDataSource {

        private volatile boolean isCut;
        private final AtomicInteger lostAnswers = new AtomicInteger();
        private final AtomicInteger connections = new AtomicInteger();
        /** Process id of the server's end of the latest connection. */
        private volatile int backend;

        Cut() {
            super(RunningLeash.shared().dataSource());
        }

        @Override
        public Connection getConnection() throws SQLException {
            connections.incrementAndGet();
            if (isCut) {
                throw new SQLException("cut");
            }
            Connection real = super.getConnection();
            backend = real.unwrap(PGConnection.class).getBackendPID();
            if (lostAnswers.getAndDecrement() <= 0) {
                return real;
            }
            return (Connection) java.lang.reflect.Proxy.newProxyInstance(Connection.class.getClassLoader(),
                    new Class<?>[]{Connection.class}, (proxy, method, arguments) -> {
                        Object answer = method.invoke(real, arguments);
                        if (method.getName().equals("commit")) {
                            throw new SQLException("cut after the commit");
                        }
                        return answer;
                    });
        }
    }

    @Test
    void writesEachReadOnceHoweverOftenTheDatabaseIsCut() {
        AtomicInteger taken = new AtomicInteger();
        try (ReadLog log = log(false, ReadLog.MAX_WAIT)) {
            readAHundred(log, taken);
            database.isCut = true;
            readAHundred(log, taken);
            database.lostAnswers.set(3);
            database.isCut = false;
            while (database.lostAnswers.get() >= 0) {
                readAHundred(log, taken);
                Poll.until("all are written", () -> written() >= taken.get());
            }
        }
        assertThat(written()).isEqualTo(taken.get());
    }

    @Test
    void writesEachReadOnceWhenABatchBreaksInTheMiddle() {
        AtomicInteger taken = new AtomicInteger();
        try (ReadLog log = log(false, ReadLog.MAX_WAIT)) {
            Poll.until("a batch is broken while its rows are sent", () -> {
                readAHundred(log, taken);
                return isBrokenInACopy(database.backend);
            });
            readAHundred(log, taken);
            Poll.until("all are written", () -> written() >= taken.get());
        }
        assertThat(written()).isEqualTo(taken.get());
    }

    private boolean isBrokenInACopy(int backend) {
        return jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity where pid = ? and state = 'active'"
                + " and query like 'copy audit.read%'").param(backend).query(Boolean.class).optional().orElse(false);
    }

    private void readAHundred(ReadLog log, AtomicInteger taken) {
        read(log, 100);
        taken.addAndGet(100);
    }

    @Test
    void refusesReadsItCannotKeepAndLosesNoneThatItTook() {
        database.isCut = true;
        try (ReadLog log = log(false, Duration.ofMillis(50))) {
            int taken = 0;
            boolean refused = false;
            while (!refused && taken < 2 * ReadLog.MAX_WAITING) {
                try {
                    read(log, 1);
                    taken++;
                } catch (Rejected e) {
                    assertThat(e.rejection()).isEqualTo(AccessRejection.STORAGE_UNAVAILABLE);
                    refused = true;
                }
            }
            assertThat(refused).isTrue();
            assertThat(taken).isGreaterThanOrEqualTo(ReadLog.MAX_WAITING);
            database.isCut = false;
            int expected = taken;
            Poll.until("all are written", () -> written() == expected);
        }
    }

    @Test
    void writesWhateverItsCallersSendHoweverLongAndInWhateverScript() {
        List<String> ids = List.of("a\tb\nc\\d", "ключ-🗝", "x".repeat(100_000), "plain");
        Instant at = Instant.parse("2026-02-03T04:05:06.789012Z");
        UnwrittenReads reads = new UnwrittenReads(false);
        try (ReadBatch batch = stored(ReadLog.MAX_WAIT).begin(1).orElseThrow()) {
            for (String id : ids) {
                reads.add(entry(at, id));
                batch.send(reads);
            }
            batch.commit(reads);
        }
        assertThat(jdbc.sql("select request_id from audit.read where organization_id = ? and at = ?::timestamptz"
                + " and times = 7 and slug is null order by id").param(app.organization().value()).param(at.toString())
                .query(String.class).list()).isEqualTo(ids);
    }

    @Test
    void sendsAllOfThemAgainAfterABatchThatWasGivenUpAndNoneAfterOneThatIsIn() {
        Instant at = Instant.parse("2026-02-03T04:05:06Z");
        String moreThanIsKept = "b".repeat(CopyRows.KEPT_BYTES);
        StoredReads stored = stored(ReadLog.MAX_WAIT);
        UnwrittenReads reads = new UnwrittenReads(false);
        try (ReadBatch givenUp = stored.begin(1).orElseThrow()) {
            reads.add(entry(at, "a"));
            givenUp.send(reads);
            reads.add(entry(at, moreThanIsKept));
        }
        try (ReadBatch batch = stored.begin(1).orElseThrow()) {
            batch.send(reads);
            batch.commit(reads);
        }
        reads.written();
        assertThat(stored.begin(1)).as("what is in already").isEmpty();
        reads.add(entry(at, "c"));
        try (ReadBatch next = stored.begin(2).orElseThrow()) {
            next.send(reads);
            next.commit(reads);
        }
        assertThat(jdbc.sql("select request_id from audit.read where organization_id = ? order by id")
                .param(app.organization().value()).query(String.class).list())
                .containsExactly("a", moreThanIsKept, "c");
    }

    /** As when its host is gone: nothing comes back, no answer and no error. */
    @Test
    void writesOnAnotherConnectionWhenOneSaysNothingAnyMore() throws SQLException {
        try (ReadLog log = log(false, ReadLog.MAX_WAIT, Duration.ofMillis(300))) {
            try (Connection silencing = RunningLeash.shared().dataSource().getConnection();
                    Statement lock = silencing.createStatement()) {
                silencing.setAutoCommit(false);
                lock.execute("lock table audit.read_writer in access exclusive mode");
                read(log, 1);
                Poll.until("a second connection has tried it", () -> database.connections.get() > 1);
                silencing.rollback();
            }
            Poll.until("it is written", () -> written() == 1);
        }
        assertThat(written()).isEqualTo(1);
    }

    @Test
    void answersNothingThatIsNotCommittedIfItIsStrict() {
        try (ReadLog log = log(true, Duration.ofMillis(200))) {
            read(log, 1);
            assertThat(written()).isEqualTo(1);
            database.isCut = true;
            assertThatThrownBy(() -> read(log, 1)).isInstanceOf(Rejected.class);
            database.isCut = false;
            Poll.until("what was refused is recorded all the same", () -> written() == 2);
        }
    }

    @Test
    void whoKeepsTryingInVainIsCountedAndHoldsUpNobody() {
        KnownKey key = KnownKey.of(app);
        Rejected why = new Rejected(AccessRejection.INVALID_API_KEY, "not in force");
        int attempts = 2 * ReadLog.MAX_WAITING;
        database.isCut = true;
        try (ReadLog log = log(false, Duration.ofMillis(50))) {
            for (int i = 0; i < attempts; i++) {
                log.refused(new MockHttpServletRequest(), ReadKind.HAND_OFF, key, "one", why);
            }
            read(log, 1);
            database.isCut = false;
            Poll.until("each is counted", () -> attempts() == attempts + 1);
        }
        assertThat(written()).isLessThan(attempts / 10);
    }

    private long attempts() {
        return jdbc.sql("select coalesce(sum(times), 0) from audit.read where key_id = ?").param(app.id().value())
                .query(Long.class).single();
    }

    private ReadLog log(boolean isStrict, Duration maxWait) {
        return log(isStrict, maxWait, ReadLog.MAX_WAIT);
    }

    private ReadLog log(boolean isStrict, Duration maxWait, Duration maxSilence) {
        return new ReadLog(stored(maxSilence), isStrict, Clock.systemUTC(), maxWait);
    }

    private StoredReads stored(Duration maxSilence) {
        return new StoredReads(database, jdbc, SETTINGS, maxSilence);
    }

    /** A hand-off, seven times. */
    private ReadLog.Entry entry(Instant at, String requestId) {
        return new ReadLog.Entry(new Read(at, ReadKind.HAND_OFF, KnownKey.of(app), null, null, null, null,
                Read.HANDED_OFF, requestId, "127.0.0.1", null, 7), new CompletableFuture<>());
    }

    private void read(ReadLog log, int times) {
        for (int i = 0; i < times; i++) {
            log.handOff(new MockHttpServletRequest(), app, "one",
                    () -> new HandOff.Unchanged(new ServerVersion(McpServerId.random(), 1)));
        }
    }

    private long written() {
        return jdbc.sql("select count(*) from audit.read where key_id = ?").param(app.id().value()).query(Long.class)
                .single();
    }
}
