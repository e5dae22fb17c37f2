package build.leash.app.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.audit.Superuser;
import build.leash.app.audit.export.AuditLog;
import build.leash.app.audit.ledger.Ledger;
import build.leash.app.audit.ledger.SealedEvent;
import build.leash.app.audit.ledger.Sealing;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody with every right in the database changes the log, or the export on its way; the verifier says where. */
class TamperingTest {

    /** All that the log and its ledger consist of. */
    private static final List<String> TABLES = List.of("eventstore.domain_event", "audit.leaf", "audit.ledger",
            "audit.checkpoint", "audit.organization_size");

    @TempDir
    private static Path directory;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLeash leash;
    private static JdbcClient superuser;
    private static String earlierCheckpoint;
    private static String checkpoint;
    private static long size;

    private record Verdict(int exitCode, String text) {}

    @BeforeAll
    static void recordSomething() {
        leash = RunningLeash.start("leash.first-run=false");
        TestOrganization organization = leash.founds();
        organization.register("one", "token");
        earlierCheckpoint = leash.bean(Sealing.class).sealNow();
        superuser = Superuser.withoutTriggers(leash);
        keep("backup");
        leash.founds().register("two", "token");
        organization.register("three", null);
        checkpoint = leash.bean(Sealing.class).sealNow();
        size = superuser.sql("select count(*) from eventstore.domain_event").query(Long.class).single();
        keep("kept");
    }

    @AfterAll
    static void stop() {
        leash.close();
    }

    @Test
    void findsNothingWhereNothingWasDone() throws IOException {
        assertThat(verify(export())).isEqualTo(
                new Verdict(0, "Sound: " + size + " events in a ledger of " + size + " are what was signed.\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            payload      | set payload = convert_to(replace(convert_from(payload, 'UTF8'), '"Org', '"org'), 'UTF8') where {0} | 0
            metadata     | set meta_data = convert_to(replace(convert_from(meta_data, 'UTF8'), 'system', 'System'), 'UTF8') where {4} | 4
            time         | set time_stamp = '2020-01-01T00:00:00.000Z' where {0}                                | 0
            type         | set payload_type = 'access.member-removed' where {5}                                 | 5
            revision     | set payload_revision = '2' where {5}                                                 | 5
            aggregate    | set aggregate_identifier = 'other', sequence_number = 7 where {2}                    | 2
            """)
    void findsAChangedEvent(String what, String change, int position) throws IOException {
        String sql = "update eventstore.domain_event e " + change.replaceAll("\\{(\\d+)}",
                "global_index = (select global_index from audit.leaf where position = $1)");
        Verdict verdict = tampered(sql);

        assertThat(verdict.exitCode()).as(what).isEqualTo(1);
        assertThat(verdict.text()).startsWith("position " + position + ": ").contains("is not as it was sealed")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "5", "-1"})
    void findsADeletedEvent(int given) throws IOException {
        long position = given < 0 ? size - 1 : given;
        Verdict verdict = tampered("delete from eventstore.domain_event where global_index = "
                + "(select global_index from audit.leaf where position = " + position + ")");

        assertThat(verdict.text()).startsWith("position " + position + ": ").contains("is gone").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "5"})
    void findsAnEventThatWasDeletedFromTheLedgerToo(int position) throws IOException {
        Verdict verdict = tampered("delete from eventstore.domain_event where global_index = "
                + "(select global_index from audit.leaf where position = " + position + ")",
                "delete from audit.leaf where position = " + position);

        assertThat(verdict.text()).isEqualTo("positions " + position + " to " + position + ": missing\n");
    }

    @Test
    void findsASwappedPair() throws IOException {
        Verdict verdict = tampered("""
                update eventstore.domain_event e set payload = o.payload, event_identifier = o.event_identifier || '~'
                from audit.leaf l, audit.leaf m, kept.domain_event o
                where e.global_index = l.global_index and l.position in (3, 4) and m.position = 7 - l.position
                  and o.global_index = m.global_index
                """);

        assertThat(verdict.text().lines()).hasSize(2).first().asString().startsWith("position 3: ");
        assertThat(verdict.text().lines().toList().getLast()).startsWith("position 4: ");
    }

    @Test
    void findsAnInsertedEvent() throws IOException {
        Verdict verdict = tampered("""
                insert into eventstore.domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                  time_stamp, payload_type, payload_revision, payload, meta_data)
                select 'forged', 'forged', 0, type, time_stamp, payload_type, payload_revision, payload, meta_data
                from kept.domain_event order by global_index limit 1
                """);

        assertThat(verdict.text()).startsWith("after position ").contains("the event forged").hasLineCount(1);
    }

    @Test
    void findsWhatWasChangedInLogAndLedgerAlike() throws IOException {
        Verdict verdict = tampered("""
                update eventstore.domain_event set time_stamp = '2020-01-01T00:00:00.000Z'
                where global_index = (select global_index from audit.leaf where position = 5)
                """, """
                update audit.leaf l set hash = (select audit.leaf_hash(l.organization_id, l.organization_position,
                  global_index, event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                  payload_type, payload_revision, payload, meta_data)
                  from eventstore.domain_event e where e.global_index = l.global_index)
                """);

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.text()).containsPattern(
                "positions [0-5] to ([5-9]|[1-9][0-9]+): the ledger is not the one that was signed");
    }

    @Test
    void findsATruncatedTailByACheckpointFromOutside() throws IOException {
        long earlier = earlierSize();
        Verdict verdict = tampered("delete from audit.checkpoint where size > " + earlier,
                "delete from audit.leaf where position >= " + earlier,
                "delete from eventstore.domain_event where global_index not in (select global_index from audit.leaf)",
                "delete from audit.ledger", "insert into audit.ledger table backup.ledger");

        assertThat(verdict.text()).startsWith("positions " + earlier + " to " + (size - 1) + ": cut off")
                .hasLineCount(1);
    }

    /** Life goes on after the backup, until there are more events than before: no number gives it away. */
    @Test
    void findsARestoredOlderBackupByACheckpointFromOutside() throws IOException {
        try {
            restore("backup");
            String since = earlierCheckpoint;
            while (sizeOf(since) <= size) {
                leash.founds().register("since", null);
                since = leash.bean(Sealing.class).sealNow();
            }
            Path export = export();

            assertThat(run(export, Files.writeString(directory.resolve("since"), since), key()).exitCode())
                    .as("by its own checkpoints alone").isZero();
            assertThat(verify(export)).isEqualTo(new Verdict(1, "positions " + earlierSize() + " to " + (size - 1)
                    + ": the ledger is not the one that was signed in the checkpoint of " + size + " events\n"));
        } finally {
            restore("kept");
        }
    }

    @Test
    void findsLinesOfAnExportThatWereRemovedMovedOrRepeated() throws IOException {
        List<String> lines = Files.readAllLines(export());
        List<String> events = lines.stream().filter(line -> line.contains("\"kind\":\"event\"")).toList();

        List<String> without = new ArrayList<>(lines);
        without.remove(events.get(3));
        assertThat(verify(file(without)).text()).startsWith("positions 3 to 3: missing");

        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, lines.indexOf(events.get(3)), lines.indexOf(events.get(4)));
        assertThat(verify(file(swapped)).text()).startsWith("positions 3 to 3: missing\nposition 3: stands behind");

        List<String> twice = new ArrayList<>(lines);
        twice.add(lines.indexOf(events.get(3)), events.get(3));
        assertThat(verify(file(twice)).text()).startsWith("position 3: stands behind").hasLineCount(1);

        assertThat(verify(file(lines.subList(0, 6))).text()).contains("breaks off").contains("cut off");
        assertThat(verify(file(List.of("nonsense"))).exitCode()).isEqualTo(1);
    }

    /** The tree proves nothing of what stands behind its last signature, however well it is made. */
    @Test
    void findsAnEventThatWasAddedBehindTheLastCheckpoint() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(export()));
        ObjectNode last = (ObjectNode) JSON.readTree(lines.stream().filter(line -> line.contains("\"kind\":\"event\""))
                .toList().getLast());
        last.put("position", size).put("organizationPosition", last.get("organizationPosition").asLong() + 1)
                .put("globalIndex", last.get("globalIndex").asLong() + 1).put("id", "forged");
        SealedEvent forged = JSON.treeToValue(last.deepCopy().without(List.of("kind", "position", "cursor", "leaf")),
                SealedEvent.class);
        lines.set(lines.size() - 1, last.put("leaf", forged.hash().base64()).toString());
        lines.add("{\"kind\":\"end\",\"size\":" + (size + 1) + "}");

        assertThat(verify(file(lines))).isEqualTo(new Verdict(1,
                "positions " + size + " to " + size + ": covered by no checkpoint that is signed\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "metadata", "id", "organization", "globalIndex"})
    void findsAnEventThatLacksWhatWasSealed(String field) throws IOException {
        List<String> lines = Files.readAllLines(export());
        String event = lines.stream().filter(line -> line.contains("\"kind\":\"event\"")).toList().get(3);
        ObjectNode without = (ObjectNode) JSON.readTree(event);
        without.remove(field);
        ObjectNode withNull = ((ObjectNode) JSON.readTree(event)).putNull(field);

        for (ObjectNode damaged : List.of(without, withNull)) {
            List<String> edited = new ArrayList<>(lines);
            edited.set(lines.indexOf(event), damaged.toString());
            Verdict verdict = verify(file(edited));
            assertThat(verdict.exitCode()).isEqualTo(1);
            assertThat(verdict.text()).contains("position 3: not a line of an export");
        }
    }

    @Test
    void refusesACheckpointOfAnotherKey() throws IOException {
        String forged = checkpoint.replace("\n" + size + "\n", "\n" + (size - 1) + "\n");

        assertThat(run(export(), Files.writeString(directory.resolve("forged"), forged), key()).exitCode())
                .isEqualTo(1);
        assertThat(run(export(), Path.of("/nowhere"), key()).exitCode()).isEqualTo(2);
    }

    private static long earlierSize() {
        return sizeOf(earlierCheckpoint);
    }

    private static long sizeOf(String checkpoint) {
        return Long.parseLong(checkpoint.lines().toList().get(1));
    }

    /** What is found after these statements, which are then undone. */
    private static Verdict tampered(String... statements) throws IOException {
        try {
            for (String statement : statements) {
                superuser.sql(statement).update();
            }
            return verify(export());
        } finally {
            restore("kept");
        }
    }

    private static void keep(String schema) {
        superuser.sql("create schema " + schema).update();
        TABLES.forEach(table -> superuser.sql("create table " + copy(schema, table) + " as table " + table).update());
        superuser.sql("alter table " + schema + ".domain_event drop column organization_id").update();
    }

    /** In one transaction that begins where sealing does, so that neither can come in the middle of the other. */
    private static void restore(String schema) {
        superuser.sql("begin").update();
        superuser.sql("lock table audit.ledger in access exclusive mode").update();
        superuser.sql("truncate " + String.join(", ", TABLES)).update();
        superuser.sql("""
                insert into eventstore.domain_event (global_index, event_identifier, aggregate_identifier,
                  sequence_number, type, time_stamp, payload_type, payload_revision, payload, meta_data)
                overriding system value table\s""" + schema + ".domain_event").update();
        TABLES.stream().skip(1).forEach(
                table -> superuser.sql("insert into " + table + " table " + copy(schema, table)).update());
        superuser.sql("commit").update();
    }

    private static String copy(String schema, String table) {
        return schema + table.substring(table.indexOf('.'));
    }

    private static Path export() throws IOException {
        Path file = Files.createTempFile(directory, "export", ".jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            leash.bean(AuditLog.class).exportInstallation(out);
        }
        return file;
    }

    private static Path file(List<String> lines) throws IOException {
        return Files.write(Files.createTempFile(directory, "edited", ".jsonl"), lines);
    }

    private static Verdict verify(Path export) throws IOException {
        return run(export, Files.writeString(directory.resolve("checkpoint"), checkpoint), key(),
                "--previous-checkpoint",
                Files.writeString(directory.resolve("earlier"), earlierCheckpoint).toString());
    }

    private static Verdict run(Path export, Path checkpointFile, String key, String... further) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(
                List.of(export.toString(), "--checkpoint", checkpointFile.toString(), "--key", key));
        arguments.addAll(List.of(further));
        int exitCode = new VerifyCommand(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(arguments);
        return new Verdict(exitCode, printed.toString(StandardCharsets.UTF_8));
    }

    private static String key() {
        return leash.bean(Ledger.class).verifierKey();
    }
}
