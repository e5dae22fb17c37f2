package build.leash.app.encryption;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.secrets.kms.emulator.KmsEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * The application with Cloud KMS, whose emulator it has for itself, and with all that takes its time otherwise taking
 * little. One is {@link #shared} by all tests of the JVM and ends with it.
 */
final class KmsLeash implements AutoCloseable {

    private static final Duration CACHE_AGE = Duration.ofSeconds(1);
    private static final String KEY = "/api/organization/encryption-key";

    final KmsEmulator emulator = KmsEmulator.start();
    final RunningLeash leash;

    KmsLeash(String... further) {
        leash = RunningLeash.start(properties(further));
    }

    /** The one that tests share which found organizations of their own and leave the emulator as it was. */
    static KmsLeash shared() {
        return Shared.HOUSE;
    }

    /** Another node, on the same database and the same KMS. */
    RunningLeash node(String... further) {
        return leash.node(properties(further));
    }

    private String[] properties(String... further) {
        List<String> all = new ArrayList<>(List.of("leash.kms.provider=gcp",
                "leash.kms.gcp.key-ring=" + KmsEmulator.KEY_RING, "leash.kms.gcp.endpoint=" + emulator.endpoint(),
                "leash.kms.gcp.plaintext=true", "leash.kms.gcp.deadline=1s", "leash.kms.gcp.backoff=5ms",
                "leash.kms.gcp.circuit-open-for=200ms", "leash.kms.cache.max-age=" + CACHE_AGE.toMillis() + "ms",
                "leash.kms.cache.refresh-ahead=300ms", "leash.kms.cache.retry-every=200ms",
                "leash.secrets.poll-every=50ms", "leash.secrets.batch=7",
                "leash.secrets.keep-retired-for=1s", "leash.secrets.keep-replaced-for=3s",
                "leash.secrets.purge-every=100ms", "leash.first-run=false"));
        Set<String> set = Arrays.stream(further).map(KmsLeash::name).collect(Collectors.toSet());
        all.removeIf(property -> set.contains(name(property)));
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }

    private static String name(String property) {
        return property.substring(0, property.indexOf('='));
    }

    JsonNode key(TestOrganization organization) {
        LeashAnswer answer = leash.client().get(KEY).key(organization.adminKey()).send();
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return answer.json();
    }

    String keyName(TestOrganization organization) {
        return key(organization).get("keyName").stringValue();
    }

    LeashAnswer change(TestOrganization organization, String json) {
        return leash.client().put(KEY, json).key(organization.adminKey()).send();
    }

    LeashAnswer rotate(TestOrganization organization, String what) {
        return leash.client().post(KEY + "/rotate", "{\"what\": \"" + what + "\"}").key(organization.adminKey())
                .send();
    }

    LeashAnswer shred(TestOrganization organization, String confirmation) {
        return leash.client().post(KEY + "/shred", "{\"confirm\": \"" + confirmation + "\"}")
                .key(organization.adminKey()).send();
    }

    /** Waits until nothing is under way for the organization, and answers its key. */
    JsonNode settled(TestOrganization organization) {
        Poll.until("the jobs are done", () -> key(organization).get("jobs").valueStream()
                .noneMatch(job -> job.get("state").stringValue().equals("running")));
        return key(organization);
    }

    /** Waits until a job tells that it cannot get on, and why. */
    void waitsWith(TestOrganization organization, String error) {
        Poll.until("a job waits: " + error, () -> key(organization).get("jobs").valueStream()
                .anyMatch(job -> job.get("error").asString("").contains(error)));
    }

    JdbcClient jdbc() {
        return leash.bean(JdbcClient.class);
    }

    /** The names of the events about the organization's keys, in their order. */
    List<String> events(TestOrganization organization) {
        return jdbc().sql("""
                select payload_type from eventstore.domain_event
                where aggregate_identifier = ? order by sequence_number
                """).param("encryption-key:" + organization.id()).query(String.class).list();
    }

    @Override
    public void close() {
        leash.close();
        emulator.close();
    }

    private static final class Shared {

        static final KmsLeash HOUSE = new KmsLeash();

        static {
            // Runs after the application's own shutdown hook has closed it.
            SpringApplication.getShutdownHandlers().add(HOUSE::close);
        }
    }
}
