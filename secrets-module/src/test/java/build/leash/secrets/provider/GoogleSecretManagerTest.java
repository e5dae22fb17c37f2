package build.leash.secrets.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.kms.Eventually;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.provider.ExternalSource.Question;
import build.leash.secrets.provider.emulator.SecretManagerEmulator;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleSecretManagerTest {

    private static final Map<String, String> SETTINGS = Map.of("project", "shop", "prefix", "prod-");
    private static SecretManagerEmulator emulator;
    private static GoogleSecretManager source;

    @BeforeAll
    static void start() {
        emulator = SecretManagerEmulator.start();
        source = new GoogleSecretManager(
                new ProviderProperties("https://api.doppler.com", emulator.endpoint(), true));
    }

    @AfterAll
    static void stop() {
        source.close();
        emulator.close();
    }

    @BeforeEach
    void wellBehaved() {
        emulator.failWith(null);
        emulator.corrupt(false);
        emulator.add("shop", "prod-A", "Ä");
        emulator.add("shop", "prod-B", "b");
    }

    @Test
    void givesTheLatestVersionsOfTheKeysItHolds() throws OutboundFailure {
        assertThat(fetch("A", "B", "MISSING")).isEqualTo(Map.of("A", "Ä", "B", "b"));
        emulator.add("shop", "prod-A", "2");
        assertThat(fetch("A")).isEqualTo(Map.of("A", "2"));
    }

    @Test
    void asksForNothingElse() throws OutboundFailure {
        int before = emulator.calls();
        assertThat(fetch("A")).containsOnlyKeys("A");
        assertThat(emulator.calls()).isEqualTo(before + 1);
    }

    @Test
    void asksForSoManyKeysAtOnceOnlyAndForAllInTheEnd() throws Exception {
        String[] keys = IntStream.range(0, 200).mapToObj(i -> "K" + i).toArray(String[]::new);
        for (String key : keys) {
            emulator.add("shop", "prod-" + key, key);
        }
        int before = emulator.calls();
        CountDownLatch held = emulator.hold();
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Map<String, String>> found = asking.submit(() -> fetch(keys));
            Eventually.holds(() -> emulator.calls() - before == GoogleSecretManager.CALLS_AT_ONCE);
            held.countDown();
            assertThat(found.get()).hasSize(200).containsEntry("K199", "K199");
        } finally {
            held.countDown();
        }
        assertThat(emulator.calls() - before).isEqualTo(200);
    }

    @Test
    void valuesThatAreTooLargeTogetherAreNoAnswer() {
        int count = GoogleSecretManager.MAX_BYTES / EnvValue.MAX_BYTES + 1;
        String[] keys = IntStream.range(0, count).mapToObj(i -> "LARGE" + i).toArray(String[]::new);
        for (String key : keys) {
            emulator.add("shop", "prod-" + key, "x".repeat(EnvValue.MAX_BYTES));
        }
        assertThatExceptionOfType(OutboundFailure.class).isThrownBy(() -> fetch(keys)).withMessage("too_large");
    }

    @ParameterizedTest
    @CsvSource({"PERMISSION_DENIED,permission_denied", "UNAVAILABLE,unavailable", "UNAUTHENTICATED,unauthenticated",
            "RESOURCE_EXHAUSTED,resource_exhausted", "INTERNAL,internal"})
    void saysWhyThereIsNoAnswer(Status.Code code, String reason) {
        emulator.failWith(code);
        assertThatExceptionOfType(OutboundFailure.class).isThrownBy(() -> fetch("A"))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void aVersionThatWasDisabledIsNotHeld() throws OutboundFailure {
        emulator.failWith(Status.Code.FAILED_PRECONDITION);
        assertThat(fetch("A")).isEmpty();
    }

    @Test
    void aChecksumThatDoesNotMatchIsNoAnswer() {
        emulator.corrupt(true);
        assertThatExceptionOfType(OutboundFailure.class).isThrownBy(() -> fetch("A")).withMessage("corrupted");
    }

    @Test
    void aStrangersKeyIsTurnedDown() {
        try (SecretManagerEmulator other = SecretManagerEmulator.start()) {
            assertThatExceptionOfType(OutboundFailure.class)
                    .isThrownBy(() -> source
                            .fetch(new Question(OrganizationId.random(), SETTINGS, PlainSecret.of(other.keyFile()),
                                    Set.of(EnvKey.of("A")))))
                    .withMessage("unauthenticated");
        }
    }

    /** Google's libraries would fetch tokens wherever such a file says, or run a program. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no json", "{\"type\": \"external_account\"}", "{\"type\": \"authorized_user\"}",
            "{\"type\": \"service_account\"}",
            "{\"type\": \"service_account\", \"client_email\": \"a@b\", \"private_key\": \"x\", \"private_key_id\": \"1\"}"})
    void takesKeyFilesOfServiceAccountsOnly(String credential) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> source.checkCredential(PlainSecret.of(credential)))
                .withMessage("The credential of such a source is the JSON key file of a service account.");
    }

    @Test
    void takesTheKeyFileOfAServiceAccount() {
        source.checkCredential(PlainSecret.of(emulator.keyFile()));
        source.check(SETTINGS);
        source.check(Map.of("project", "123456789"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a/b", "../x", "a b", "shop/secrets/x"})
    void refusesWhatIsNoProject(String project) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> source.check(Map.of("project", project)));
    }

    @Test
    void refusesOtherSettings() {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> source.check(Map.of()));
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> source.check(Map.of("project", "shop", "endpoint", "evil:443")));
    }

    @Test
    void goesWithoutTlsNowhereElse() {
        try (GoogleSecretManager elsewhere = new GoogleSecretManager(
                new ProviderProperties("https://api.doppler.com", "secretmanager.googleapis.com:443", true))) {
            assertThatIllegalArgumentException().isThrownBy(() -> elsewhere.fetch(
                    new Question(OrganizationId.random(), SETTINGS, PlainSecret.of(emulator.keyFile()),
                            Set.of(EnvKey.of("A")))));
        }
    }

    private static Map<String, String> fetch(String... keys) throws OutboundFailure {
        return source.fetch(new Question(OrganizationId.random(), SETTINGS, PlainSecret.of(emulator.keyFile()),
                Set.of(keys).stream().map(EnvKey::of).collect(Collectors.toSet()))).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().value(), entry -> entry.getValue().reveal()));
    }
}
