package build.leash.app.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import build.leash.access.api.Rejected;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.secrets.kms.emulator.KmsEmulator;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SealingTest {

    private static final String EVENT = """
            insert into eventstore.domain_event (event_identifier, aggregate_identifier, sequence_number, type,
              time_stamp, payload_type, payload_revision, payload, meta_data)
            select gen_random_uuid(), 'a' || gen_random_uuid(), n, 'Test', '2026-01-31T12:00:00.000Z', 'test.é', '1',
              convert_to('{"organizationId": "00000000-0000-4000-8000-00000000000' || n %% 3 || '", "é": "€"}', 'UTF8'),
              '{}' from generate_series(1, %d) n
            """;

    @TempDir
    private static Path copies;

    private static KmsEmulator emulator;
    private static WebhookReceiver receiver;
    private static RunningLeash leash;
    private static RunningLeash node;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() throws IOException {
        emulator = KmsEmulator.start();
        String kmsKey = emulator.addKey(KmsEmulator.KEY_RING, "audit", CryptoKeyPurpose.ASYMMETRIC_SIGN);
        receiver = WebhookReceiver.start();
        String[] properties = {"leash.audit.checkpoint-events=1", "leash.audit.checkpoint-directory=" + copies,
                "leash.audit.checkpoint-file=" + copies.resolve("latest"),
                "leash.audit.checkpoint-webhook=" + receiver.url(),
                "leash.audit.kms-signing-key=" + kmsKey + "/cryptoKeyVersions/1",
                "leash.kms.gcp.endpoint=" + emulator.endpoint(), "leash.kms.gcp.plaintext=true",
                "leash.kms.gcp.backoff=5ms", "leash.kms.gcp.circuit-open-for=200ms"};
        leash = RunningLeash.start(properties);
        node = leash.node(properties);
        jdbc = leash.bean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        node.close();
        leash.close();
        receiver.close();
        emulator.close();
    }

    @Test
    void hashesEachEventAsDocumentedAndSignsTheirRoot() {
        leash.founds().register("one", "token");
        jdbc.sql(EVENT.formatted(700)).update();
        Checkpoint checkpoint = sealedNow();

        assertThat(rootOf(checkpoint.size())).isEqualTo(checkpoint.root());
        Ledger ledger = leash.bean(Ledger.class);
        for (long position = 0; position < checkpoint.size(); position += 97) {
            assertThat(ProofCheck.includes(leaf(position), position, checkpoint.size(),
                    ledger.inclusion(position, checkpoint.size()), checkpoint.root())).isTrue();
        }
    }

    @Test
    void sealsEventsThatCommitLateAndForgetsNone() throws SQLException {
        try (Connection slow = leash.dataSource().getConnection(); Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.executeUpdate(EVENT.formatted(1));
            jdbc.sql(EVENT.formatted(5)).update();
            sealedNow();
            assertThat(unsealed()).isZero();
            slow.commit();
        }
        Checkpoint checkpoint = sealedNow();

        assertThat(unsealed()).isZero();
        assertThat(checkpoint.size())
                .isEqualTo(jdbc.sql("select count(*) from eventstore.domain_event").query(Long.class).single());
    }

    @Test
    void sealsEachEventOnceWhenSeveralNodesAreAtIt() {
        Stream.of(leash, node, leash, node).map(one -> CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10; i++) {
                one.bean(JdbcClient.class).sql(EVENT.formatted(20)).update();
                one.bean(Sealing.class).sealWhatIsCommitted();
            }
        }, Thread::startVirtualThread)).toList().forEach(CompletableFuture::join);
        Checkpoint checkpoint = sealedNow();

        assertThat(jdbc.sql("select count(*) || ' ' || max(position) + 1 from audit.leaf").query(String.class).single())
                .isEqualTo(checkpoint.size() + " " + checkpoint.size());
        assertThat(rootOf(checkpoint.size())).isEqualTo(checkpoint.root());
        assertThat(jdbc.sql("select count(*) from (select organization_id from audit.leaf group by 1 having"
                + " max(organization_position) + 1 <> count(*)) x").query(Long.class).single()).isZero();
    }

    @Test
    void keepsCheckpointsInOtherPlaces() throws IOException {
        leash.founds();
        Checkpoint checkpoint = sealedNow();
        String note = leash.bean(Ledger.class).checkpoint(checkpoint.size()).orElseThrow().note();

        Poll.until("the checkpoint is kept", () -> Files.exists(copy(checkpoint.size())));
        assertThat(Files.readString(copy(checkpoint.size()))).isEqualTo(note);
        Poll.until("the latest is in the file",
                () -> Checkpoint.parse(read(copies.resolve("latest"))).size() >= checkpoint.size());
        Poll.until("it is posted", () -> receiver.received().containsKey("checkpoint-" + checkpoint.size()));
        WebhookReceiver.Post post = receiver.received().get("checkpoint-" + checkpoint.size());
        assertThat(post.body()).isEqualTo(note);
        byte[] signed = (post.id() + "." + post.timestamp() + "." + post.body()).getBytes(StandardCharsets.UTF_8);
        assertThat(VerifierKey.parse(leash.bean(Ledger.class).verifierKey()).verifies(signed, post.signature()))
                .isTrue();
    }

    @Test
    void sealsOnWithoutTheKeyAndSignsWhenItIsBack() {
        sealedNow();
        TestOrganization organization = leash.founds();
        emulator.stop();
        try {
            jdbc.sql(EVENT.formatted(3)).update();
            Poll.until("the events are sealed", () -> unsealed() == 0);
            LeashAnswer answer = leash.client().get("/api/organization/audit/checkpoint")
                    .key(organization.adminKey()).send();
            assertThat(answer.outcome()).isEqualTo("503 secrets_unavailable");
        } finally {
            emulator.resume();
        }
        Poll.until("this node signs again, whatever the other one does", SealingTest::signs);
        Poll.until("a checkpoint is signed", () -> leash.client().get("/api/organization/audit/checkpoint")
                .key(organization.adminKey()).send().status() == 200);
    }

    @Test
    void refusesToGoOnWithAnotherKeyThanTheLedgerWasSignedWith(@TempDir Path folder) {
        sealedNow();
        leash.founds();
        StoredLedger stored = new StoredLedger(jdbc);
        VerifierKey former = VerifierKey.parse(leash.bean(Ledger.class).verifierKey());
        SigningKey other = FileSigningKey.loadOrCreate(folder.resolve("key"), former.name());
        LedgerKeys unknown = new LedgerKeys(other, List.of());

        assertThatIllegalStateException().isThrownBy(new SigningKeyCheck(stored, unknown)::start)
                .withMessageContaining("leash.audit.former-keys");
        Sealing sealing = new Sealing(stored,
                new TransactionTemplate(leash.bean(PlatformTransactionManager.class)), other, unknown,
                leash.bean(LedgerSettings.class), Clock.systemUTC());
        Poll.until("it is to sign something new before the others do, and refuses", () -> {
            leash.founds();
            try {
                sealing.sealNow();
                return false;
            } catch (IllegalStateException e) {
                return true;
            }
        });
        new SigningKeyCheck(stored, new LedgerKeys(other, List.of(former))).start();
        new SigningKeyCheck(stored, leash.bean(LedgerKeys.class)).start();
    }

    private static boolean signs() {
        try {
            return leash.bean(SigningKey.class).sign(new byte[1]).length > 0;
        } catch (Rejected e) {
            return false;
        }
    }

    private static Checkpoint sealedNow() {
        String note = leash.bean(Sealing.class).sealNow();
        return Checkpoint.parse(SignedNote.open(note,
                List.of(VerifierKey.parse(leash.bean(Ledger.class).verifierKey()))));
    }

    private static long unsealed() {
        return jdbc.sql("select count(*) from eventstore.unsealed_event").query(Long.class).single();
    }

    /** Computed by the Java code from the log alone, with the ledger's order. */
    private static Hash rootOf(long size) {
        Frontier tree = new Frontier();
        for (long position = 0; position < size; position++) {
            tree.append(Subtree.leaf(position), leaf(position));
        }
        return tree.root();
    }

    private static Hash leaf(long position) {
        return jdbc.sql("""
                select e.*, organization_position, convert_from(payload, 'UTF8') as json,
                  convert_from(meta_data, 'UTF8') as metadata
                from audit.leaf join eventstore.domain_event e using (global_index) where position = ?
                """).param(position)
                .query((row, number) -> new SealedEvent(row.getString("organization_id"),
                        row.getLong("organization_position"), row.getLong("global_index"),
                        row.getString("event_identifier"), row.getString("aggregate_identifier"),
                        row.getLong("sequence_number"), row.getString("type"), row.getString("time_stamp"),
                        row.getString("payload_type"), row.getString("payload_revision"), row.getString("json"),
                        row.getString("metadata")).hash())
                .single();
    }

    private static Path copy(long size) {
        return copies.resolve("%020d.checkpoint".formatted(size));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
