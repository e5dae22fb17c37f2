package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

class EmbeddedPostgresTests {

    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);

    private static final int SOCKET_DIRECTORY_LINE = 4;

    @TempDir
    static Path dataDirectory;

    EmbeddedPostgres postgres;
    TestDatabase database;

    @BeforeEach
    void start() {
        postgres = EmbeddedPostgres.start(dataDirectory);
        database = new TestDatabase(postgres);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @AfterAll
    static void noProcessIsLeftOver() {
        new LeftoverProcesses(dataDirectory).assertNoneRemain();
    }

    @Test
    void keepsItsFilesToTheOwner() throws IOException {
        assertThat(modeOf("pgdata")).isEqualTo("rwx------");
        assertThat(modeOf("postgres")).isEqualTo("rwx------");
        assertThat(modeOf("postgres.password")).isEqualTo("rw-------");
        assertThat(modeOf("postgres.log")).isEqualTo("rw-------");
        assertThat(modeOf("leash.lock")).isEqualTo("rw-------");
    }

    @Test
    void isDurableAndChecked() throws SQLException {
        assertThat(database.query("show fsync")).isEqualTo("on");
        assertThat(database.query("show synchronous_commit")).isEqualTo("on");
        assertThat(database.query("show full_page_writes")).isEqualTo("on");
        assertThat(database.query("show data_checksums")).isEqualTo("on");
        assertThat(database.query("show server_encoding")).isEqualTo("UTF8");
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws SQLException, IOException {
        assertThat(database.query("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(Files.readAllLines(dataDirectory.resolve("pgdata/postmaster.pid")))
                .element(SOCKET_DIRECTORY_LINE)
                .isEqualTo("");
    }

    @Test
    void letsTheApplicationInAsOwnerAndNotAsSuperuser() throws SQLException {
        assertThat(database.query("select current_user")).isEqualTo("leash");
        assertThat(database.query("select current_database()")).isEqualTo("leash");
        assertThat(database.query("show is_superuser")).isEqualTo("off");
        assertThat(database.query("show application_name")).isEqualTo("leash");
        database.execute("create schema owned");
        database.execute("drop schema owned");
    }

    @Test
    void refusesAWrongPasswordForEveryRole() {
        for (String role : new String[]{"leash", "postgres", "nobody"}) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), role, "wrong").close())
                    .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void trustsNoConnectionWithoutAPassword() throws IOException {
        assertThat(Files.readAllLines(dataDirectory.resolve("pgdata/pg_hba.conf")))
                .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("scram-sha-256"));
    }

    @Test
    void keepsStatementsAndTheirValuesOutOfItsLog() throws SQLException, IOException {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> database.query("select 'top-secret'::int"));
        database.execute("create table unique_value (value text primary key)");
        database.execute("insert into unique_value values ('top-secret')");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> database.execute("insert into unique_value values ('top-secret')"))
                .withMessageNotContaining("top-secret");
        database.execute("drop table unique_value");

        assertThat(Files.readString(dataDirectory.resolve("postgres.log"))).doesNotContain("secret", "unique_value");
    }

    @Test
    void keepsItsPasswordOutOfItsText() throws IOException {
        assertThat(postgres.toString()).doesNotContain(postgres.password());
        assertThat(postgres.jdbcUrl()).doesNotContain(postgres.password());
        assertThat(Files.readString(dataDirectory.resolve("postgres.password"))).contains(postgres.password());
        assertThat(Files.readString(dataDirectory.resolve("postgres.log"))).doesNotContain(postgres.password());
    }

    @Test
    void keepsDataAcrossARestart() throws SQLException {
        database.execute("create table kept as select 42 as answer");
        String password = postgres.password();

        stop();
        start();

        assertThat(database.query("select answer from kept")).isEqualTo("42");
        assertThat(postgres.password()).isEqualTo(password);
        database.execute("drop table kept");
    }

    @Test
    void comesBackOnTheSamePortWhenThePostmasterIsKilled() throws SQLException {
        database.execute("create table committed as select 42 as answer");
        long killed = postgres.processId();

        kill(killed);

        assertThat(Deadline.in(RECOVERY_LIMIT).await(() -> postgres.processId() != killed && database.answers()))
                .isTrue();
        assertThat(database.query("select answer from committed")).isEqualTo("42");
        database.execute("drop table committed");
    }

    @Test
    void comesBackAlthoughABackendOutlivesThePostmaster() throws SQLException, IOException {
        long killed = postgres.processId();
        try (Connection connection = database.connect()) {
            freeze(connection.unwrap(PGConnection.class).getBackendPID());
            kill(killed);

            assertThat(Deadline.in(RECOVERY_LIMIT).await(() -> postgres.processId() != killed && database.answers()))
                    .isTrue();
            connection.abort(Runnable::run);
        }
    }

    @Test
    void closesWhileTheServerIsBeingRestarted() {
        long killed = postgres.processId();
        kill(killed);

        postgres.close();

        Survivors survivors = new Survivors(dataDirectory.resolve("pgdata"));
        assertThat(Deadline.in(RECOVERY_LIMIT).await(() -> survivors.find().isEmpty()))
                .as("the killed server's orphans notice and end as well").isTrue();
    }

    @Test
    void startsAlthoughAStrangerHasTheProcessIdOfAnOldPostmaster() throws IOException {
        stop();
        long stranger = ProcessHandle.current().pid();
        Files.writeString(
                dataDirectory.resolve("pgdata/postmaster.pid"),
                stranger + "\n" + dataDirectory.resolve("pgdata") + "\n1\n20000\n\n127.0.0.1\n 1 1\nready   \n");

        start();

        assertThat(database.answers()).isTrue();
    }

    @Test
    void isRefusedASecondTimeInTheSameJvmAndKeepsTheFirst() throws Exception {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(dataDirectory))
                .withMessageContaining("in use by process " + ProcessHandle.current().pid());
        assertThat(database.answers()).isTrue();
        try (ChildJvm other = ChildJvm.start(dataDirectory)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(other::awaitReady)
                    .withMessageContaining("in use by process " + ProcessHandle.current().pid());
        }
    }

    private static void kill(long processId) {
        ProcessHandle.of(processId).orElseThrow().destroyForcibly();
    }

    /** A stopped process cannot notice that its postmaster is gone, and keeps the shared memory. */
    private static void freeze(long processId) throws IOException {
        new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + processId).start().onExit().join();
    }

    private static String modeOf(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDirectory.resolve(name)));
    }
}
