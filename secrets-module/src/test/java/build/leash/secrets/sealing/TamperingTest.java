package build.leash.secrets.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.kms.emulator.KmsEmulator;
import build.leash.secrets.kms.gcp.Gcp;
import build.leash.secrets.kms.gcp.GcpKms;
import build.leash.secrets.kms.local.LocalKms;
import build.leash.secrets.sealing.SealedSecrets.Sealed;
import build.leash.secrets.sealing.StoredDataKeys.Stored;
import build.leash.secrets.sealing.Tampering.Question;
import build.leash.secrets.sealing.Tampering.Victim;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A property: nothing that was tampered with opens, every time there is the same clear answer and an alert is counted,
 * and once it is put right the secret opens again. Random, with the seed in the message of a failure.
 */
class TamperingTest {

    private static final int CASES_PER_KIND = 300;
    private static final int CASES_PER_KIND_WITH_GCP = 10;
    private static final int ORGANIZATIONS = 3;
    private static final int SECRETS = 5;

    private final long seed = new SplittableRandom().nextLong();

    @TempDir
    Path directory;

    @Test
    void nothingThatWasTamperedWithOpensWithTheLocalProvider() {
        try (House house = new House(new LocalKms(directory.resolve("keyring")))) {
            assertNothingOpens(house, CASES_PER_KIND);
        }
    }

    @Test
    void nothingThatWasTamperedWithOpensWithCloudKms() {
        try (KmsEmulator emulator = KmsEmulator.start();
                GcpKms gcp = Gcp.at(emulator, new SimpleMeterRegistry());
                House house = new House(gcp)) {
            assertNothingOpens(house, CASES_PER_KIND_WITH_GCP);
        }
    }

    private void assertNothingOpens(House house, int casesPerKind) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Victim> victims = seal(house, random);
        for (Tampering kind : Tampering.values()) {
            for (int i = 0; i < casesPerKind; i++) {
                Victim victim = victims.get(random.nextInt(victims.size()));
                Victim other = anotherOne(house, victims, victim, kind, random);
                assertDoesNotOpen(house, kind, victim, other, random);
            }
        }
    }

    /** Several secrets of several organizations, under two data keys each, and a third one that is current. */
    private static List<Victim> seal(House house, RandomGenerator random) {
        List<Victim> victims = new ArrayList<>();
        for (int i = 0; i < ORGANIZATIONS; i++) {
            OrganizationId organization = OrganizationId.random();
            for (int secret = 0; secret < SECRETS; secret++) {
                victims.add(seal(house, organization, "server-" + secret % 2, 1 + secret, random.nextInt(40)));
                if (secret % 2 == 1) {
                    house.rotateDataKey(organization);
                }
            }
            house.rotateDataKey(organization);
        }
        return victims;
    }

    private static Victim seal(House house, OrganizationId organization, String owner, long version, int length) {
        SecretContext context = new SecretContext(organization, owner, "bearer");
        String plain = "t".repeat(length);
        try (PlainSecret secret = PlainSecret.of(plain)) {
            return new Victim(organization, context,
                    house.vault.sealerFor(organization).seal(context, version, secret), plain);
        }
    }

    /** Where data keys are exchanged, one that is sealed with another data key. */
    private static Victim anotherOne(House house, List<Victim> victims, Victim victim, Tampering kind,
            RandomGenerator random) {
        UUID key = Tampering.sealed(house, victim).dataKeyId();
        boolean exchangesKeys = kind == Tampering.SWAP_WRAPPED_KEYS || kind == Tampering.COPY_A_DATA_KEY_HERE;
        List<Victim> others = victims.stream().filter(it -> !it.equals(victim))
                .filter(it -> !exchangesKeys || !Tampering.sealed(house, it).dataKeyId().equals(key)).toList();
        return others.get(random.nextInt(others.size()));
    }

    private void assertDoesNotOpen(House house, Tampering kind, Victim victim, Victim other, RandomGenerator random) {
        Sealed sealed = Tampering.sealed(house, victim);
        Stored key = house.dataKeyRows.find(victim.organization(), sealed.dataKeyId()).orElseThrow();
        double alerts = alerts(house);
        Question question = kind.apply(house, victim, other, random);
        house.dataKeys.forget(victim.organization());
        String description = kind + ", seed " + seed;
        assertThat(House.isUnavailable(() -> house.vault.open(question.context(), question.ref()))).as(description)
                .isTrue();
        assertThat(alerts(house)).as(description).isEqualTo(alerts + 1);
        house.secretRows.put(victim.organization(), victim.ref(), sealed);
        house.dataKeyRows.put(victim.organization(), key);
        house.dataKeys.forget(victim.organization());
        try (PlainSecret plain = house.vault.open(victim.context(), victim.ref())) {
            assertThat(plain.reveal()).as(description).isEqualTo(victim.plain());
        }
    }

    private static double alerts(House house) {
        return house.meters.find("leash.secrets.not.opened").counters().stream().mapToDouble(Counter::count).sum();
    }
}
