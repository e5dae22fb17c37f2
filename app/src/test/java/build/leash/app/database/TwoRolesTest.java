package build.leash.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.Role;
import build.leash.app.Leash;
import build.leash.app.audit.AuditCommand;
import build.leash.app.audit.Superuser;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.secrets.kms.emulator.KmsEmulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An external database in which one role owns the schemas, and Leash runs with another one. */
class TwoRolesTest {

    private static final String RUNTIME = "Leash runtime";

    @TempDir
    private static Path directory;

    private static String url;
    private static RunningLeash leash;
    private static JdbcClient runtime;
    private static DataSource owner;

    private record Printed(int exitCode, String text) {}

    @BeforeAll
    static void start() {
        RunningLeash host = RunningLeash.shared();
        JdbcClient superuser = Superuser.withoutTriggers(host);
        superuser.sql("create role schema_owner login password 'owner'").update();
        superuser.sql("create role \"Leash runtime\" login password 'runtime'").update();
        superuser.sql("create database two_roles owner schema_owner").update();
        url = host.bean(JdbcConnectionDetails.class).getJdbcUrl().replaceFirst("/leash(?=$|\\?)", "/two_roles");
        leash = host.node("spring.datasource.url=" + url, "spring.datasource.username=" + RUNTIME,
                "spring.datasource.password=runtime", "spring.flyway.user=schema_owner",
                "spring.flyway.password=owner");
        runtime = leash.bean(JdbcClient.class);
        owner = new DriverManagerDataSource(url, "schema_owner", "owner");
    }

    @AfterAll
    static void stop() {
        leash.close();
    }

    @Test
    void leashNeedsNoMoreThanItsRole() {
        assertThat(runtime.sql("select current_user").query(String.class).single()).isEqualTo(RUNTIME);
        TestOrganization organization = leash.founds();
        organization.register("one", "token");
        assertThat(organization.fetch("one").outcome()).isEqualTo("200");
        leash.client().post("/api/organization/mcp-servers/one/rotate", "{\"token\": \"new\"}")
                .key(organization.adminKey()).send();
        assertThat(leash.client().delete("/api/organization/mcp-servers/one").key(organization.adminKey()).send()
                .outcome()).isEqualTo("204");
        organization.revokeAppKey();
        String auditor = organization.managementKey(Role.AUDITOR);
        for (String path : List.of("/events", "/export", "/checkpoint", "/reads", "/replay",
                "/state?at=2030-01-01T00:00:00Z")) {
            LeashAnswer answer = leash.client().get("/api/organization/audit" + path).key(auditor).send();
            assertThat(answer.outcome()).as(path).isEqualTo("200");
        }
        Poll.until("the read is recorded", () -> runtime.sql("select count(*) from audit.read").query(Long.class)
                .single() > 0);
        Poll.until("there are partitions", () -> runtime
                .sql("select count(*) from pg_inherits where inhparent = 'audit.read'::regclass").query(Long.class)
                .single() > 3);
    }

    /** All that an operator does beforehand is to make the schema for replays, as docs/operations.md tells. */
    @Test
    void auditorsCommandsNeedNeitherAnOwnersRoleNorAnyKeyOfAKeyManagementService() throws Exception {
        TestOrganization organization = leash.founds();
        organization.register("one", "token");
        LeashAnswer latest = leash.client().get("/api/organization/audit/checkpoint").key(organization.adminKey())
                .send();
        JdbcClient.create(owner).sql("create schema replay").update();
        JdbcClient.create(owner).sql("grant usage, create on schema replay to \"" + RUNTIME + "\"").update();
        Path export = directory.resolve("export.jsonl");
        try (KmsEmulator kms = KmsEmulator.start()) {
            kms.faults().deny();
            Printed exported = audit(kms, "export", export.toString());
            assertThat(exported.exitCode()).as(exported.text()).isZero();

            runtime.sql("update config.endpoint set url = 'https://evil.example.com'").update();
            Printed replayed = audit(kms, "replay", "--swap");
            assertThat(replayed.exitCode()).as(replayed.text()).isZero();
            assertThat(replayed.text()).contains("config.endpoint: DIFFERENT", "registry.mcp_server: identical",
                    "Swapped in: ");
            assertThat(kms.counts().all()).isZero();
        }
        assertThat(organization.fetch("one").json().at("/data/url").stringValue())
                .isEqualTo("https://mcp.example.com/one");
        assertThat(directory.resolve("keyring")).doesNotExist();
        Printed verified = audit("verify", export.toString(), "--checkpoint",
                Files.writeString(directory.resolve("checkpoint"), latest.member("checkpoint")).toString(), "--key",
                latest.member("verifierKey"));
        assertThat(verified.text()).startsWith("Sound: ");
    }

    private static Printed audit(KmsEmulator kms, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--spring.datasource.url=" + url, "--spring.datasource.username=" + RUNTIME,
                "--spring.datasource.password=runtime", "--spring.flyway.enabled=false",
                "--leash.data-dir=" + directory,
                "--leash.kms.provider=gcp", "--leash.kms.gcp.key-ring=" + KmsEmulator.KEY_RING,
                "--leash.kms.gcp.endpoint=" + kms.endpoint(), "--leash.kms.gcp.plaintext=true"));
        return audit(all.toArray(String[]::new));
    }

    private static Printed audit(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditCommand command = new AuditCommand(new PrintStream(out, true, StandardCharsets.UTF_8), Leash.class);
        int exitCode = RunningLeash.command(() -> command.run(List.of(arguments)));
        return new Printed(exitCode, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void nodesThatStartTogetherAllGetTheRole() throws Exception {
        int nodes = 4;
        CyclicBarrier start = new CyclicBarrier(nodes);
        try (ExecutorService starting = Executors.newFixedThreadPool(nodes)) {
            List<Future<?>> started = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                started.add(starting.submit(() -> {
                    start.await();
                    new RuntimeRole(owner, RUNTIME).grant(List.of("access", "registry", "web"));
                    return null;
                }));
            }
            for (Future<?> node : started) {
                node.get();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update eventstore.domain_event set payload = payload",
            "delete from eventstore.domain_event",
            "truncate eventstore.domain_event", "alter table eventstore.domain_event disable trigger all",
            "drop table eventstore.domain_event", "drop function eventstore.refuse_change cascade",
            "update audit.leaf set hash = hash", "delete from audit.leaf", "truncate audit.leaf",
            "update audit.checkpoint set note = note", "delete from audit.checkpoint",
            "update audit.read set slug = slug", "delete from audit.read", "truncate audit.read",
            "delete from audit.read_other", "insert into audit.read_other (at) values (now())",
            "create table audit.mine (id int)", "set session_replication_role = replica",
            "select * from access.flyway_schema_history"})
    void theRoleCanNeitherChangeNorRemoveEvidence(String statement) {
        assertThatThrownBy(() -> runtime.sql(statement).update()).rootCause().isInstanceOfSatisfying(
                PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("42501");
                    assertThat(e.getMessage()).containsPattern("permission denied|must be (the )?owner");
                });
    }
}
