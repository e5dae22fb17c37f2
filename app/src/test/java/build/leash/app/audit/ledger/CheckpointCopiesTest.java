package build.leash.app.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import build.leash.app.support.MovableClock;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Places that are out of reach now and then. */
class CheckpointCopiesTest {

    private static RunningLeash leash;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        leash = RunningLeash.shared();
        jdbc = leash.bean(JdbcClient.class);
    }

    @Test
    void postsAgainAfterAFailureButNotForEver() throws SQLException {
        AtomicInteger attempts = new AtomicInteger();
        CheckpointPlace refusing = (size, note) -> {
            attempts.incrementAndGet();
            throw new IOException("out of reach");
        };
        sealedNow();
        try (Connection connection = leash.dataSource().getConnection()) {
            StoredLedger stored = asItIsNow(connection);
            CheckpointCopies lazy = new CheckpointCopies(stored, List.of(refusing),
                    Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
            lazy.keepNew();
            lazy.keepNew();
            assertThat(attempts).as("before the pause is over").hasValue(1);
            MovableClock clock = new MovableClock();
            CheckpointCopies copies = new CheckpointCopies(stored, List.of(refusing), clock);
            attempts.set(0);
            for (int i = 0; i < 2 * CheckpointCopies.MAX_ATTEMPTS; i++) {
                clock.ahead(Duration.ofHours(i), copies::keepNew);
            }
            assertThat(attempts).hasValue(CheckpointCopies.MAX_ATTEMPTS);
            connection.rollback();
        }
    }

    @Test
    void keepsEachCheckpointAlsoThoseThatCameWhileAPlaceWasOutOfReach(@TempDir Path folder) {
        AtomicBoolean isOutOfReach = new AtomicBoolean();
        List<Long> kept = new ArrayList<>();
        CheckpointPlace place = (size, note) -> {
            if (isOutOfReach.get()) {
                throw new IOException("out of reach");
            }
            kept.add(size);
        };
        CheckpointCopies each = new CheckpointCopies(new StoredLedger(jdbc),
                List.of(place, new CheckpointDirectory(folder)), Clock.systemUTC());
        List<Long> signed = new ArrayList<>();
        for (boolean fails : new boolean[]{false, true, true}) {
            leash.founds();
            signed.add(sealedNow().size());
            isOutOfReach.set(fails);
            each.keepNew();
        }
        leash.founds();
        signed.add(sealedNow().size());
        isOutOfReach.set(false);
        each.keepNew();

        assertThat(kept).containsSubsequence(signed);
        Poll.until("every checkpoint there ever was is in the directory", () -> {
            each.keepNew();
            return jdbc.sql("select size from audit.checkpoint").query(Long.class).stream()
                    .allMatch(size -> Files.exists(folder.resolve("%020d.checkpoint".formatted(size))));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/x", "ftp://127.0.0.1/", "http://127.0.0.1.example.com/"})
    void postsOverHttpsOnly(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointWebhook(URI.create(url),
                leash.bean(SigningKey.class), Clock.systemUTC()));
    }

    /** Whatever is sealed meanwhile. */
    private static StoredLedger asItIsNow(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return new StoredLedger(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
    }

    private static Checkpoint sealedNow() {
        return Checkpoint.parse(leash.bean(Sealing.class).sealNow());
    }
}
