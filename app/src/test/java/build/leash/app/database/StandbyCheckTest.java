package build.leash.app.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import build.leash.app.postgres.TestPostgres;
import build.leash.app.postgres.TestStandby;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.Poll;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With a real standby. */
@BesideOthers
class StandbyCheckTest {

    @TempDir
    private Path temporary;

    private TestPostgres primary;
    private TestStandby standby;

    @BeforeEach
    void start() {
        primary = TestPostgres.start(temporary.resolve("primary"));
        standby = primary.standby(temporary.resolve("standby"), "reader_a");
    }

    @AfterEach
    void stop() {
        standby.close();
        primary.close();
    }

    @Test
    void aStandbyIsReadFromAsLongAsEveryCommitWaitsForIt() {
        refused("commits do not always wait for it");
        primary.commitsWaitFor("reader_b");
        refused("commits do not always wait for it");

        primary.commitsWaitFor("reader_a");
        accepted(standby.superuser());
        accepted(primary.superuser());

        standby.superuser().sql("select pg_wal_replay_pause()").query((row, number) -> row).list();
        primary.superuser().sql("begin; set local synchronous_commit = local; create table new (n int); commit")
                .update();
        refused("not caught up");
        standby.superuser().sql("select pg_wal_replay_resume()").query((row, number) -> row).list();
        accepted(standby.superuser());

        standby.superuser().sql("select pg_promote()").query(Boolean.class).single();
        Poll.until("the standby is promoted", () -> !standby.superuser().sql("select pg_is_in_recovery()")
                .query(Boolean.class).single());
        refused("promoted");
    }

    private void accepted(JdbcClient reads) {
        Poll.until("the settings hold", () -> primary.superuser().sql("select current_setting('synchronous_commit')")
                .query(String.class).single().equals("remote_apply"));
        assertThatCode(() -> check().showsWhatIsAcknowledged(reads)).doesNotThrowAnyException();
    }

    private void refused(String why) {
        assertThatIllegalStateException().isThrownBy(() -> check().showsWhatIsAcknowledged(standby.superuser()))
                .withMessageContaining(why);
    }

    private StandbyCheck check() {
        return new StandbyCheck(primary.superuser(), Duration.ofMillis(300));
    }
}
