package build.leash.secrets.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every provider promises. */
public interface KmsContract {

    byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    byte[] AAD = {1, 2, 3};

    Kms kms();

    /** Stops a version from being used, as those who look after the service can. */
    void disable(String key, String version);

    /** Undoes it. */
    void enable(String key, String version);

    static void assertRefused(KmsRefused.Reason reason, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(KmsRefused.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    static void assertCorrupted(KmsCorrupted.Reason reason, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(KmsCorrupted.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    static void assertUnreachable(KmsUnreachable.Reason reason, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(KmsUnreachable.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    default void unwrapsWhatItWrapped() {
        String key = kms().createKey(OrganizationId.random());
        WrappedKey wrapped = kms().wrap(key, DATA_KEY, AAD);
        assertThat(wrapped.keyName()).isEqualTo(key);
        assertThat(wrapped.keyVersion()).isEqualTo("1");
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    default void makesAnOrganizationsKeyOnce() {
        OrganizationId organization = OrganizationId.random();
        WrappedKey wrapped = kms().wrap(kms().createKey(organization), DATA_KEY, AAD);
        assertThat(kms().createKey(organization)).isEqualTo(wrapped.keyName());
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
        assertThat(kms().describe(wrapped.keyName()).versions()).hasSize(1);
    }

    @Test
    default void doesNotUnwrapUnderAnotherAad() {
        WrappedKey wrapped = kms().wrap(kms().createKey(OrganizationId.random()), DATA_KEY, AAD);
        assertCorrupted(KmsCorrupted.Reason.NOT_AUTHENTIC, () -> kms().unwrap(wrapped, new byte[]{1, 2}));
    }

    @Test
    default void doesNotUnwrapUnderAnotherOrganizationsKey() {
        WrappedKey wrapped = kms().wrap(kms().createKey(OrganizationId.random()), DATA_KEY, AAD);
        String other = kms().createKey(OrganizationId.random());
        assertCorrupted(KmsCorrupted.Reason.NOT_AUTHENTIC, () -> kms()
                .unwrap(new WrappedKey(other, wrapped.keyVersion(), wrapped.ciphertext()), AAD));
    }

    @Test
    default void refusesAKeyThatIsNotThere() {
        String key = kms().createKey(OrganizationId.random());
        String missing = key.substring(0, key.length() - 1) + "x";
        assertRefused(KmsRefused.Reason.NOT_FOUND, () -> kms().wrap(missing, DATA_KEY, AAD));
        assertRefused(KmsRefused.Reason.NOT_FOUND, () -> kms().describe(missing));
        assertRefused(KmsRefused.Reason.NOT_FOUND, () -> kms().scheduleDestruction(missing));
    }

    /** Answers the id of the new primary version. */
    static String rotate(Kms kms, String key) {
        String version = kms.addVersion(key);
        kms.makePrimary(key, version);
        return version;
    }

    @Test
    default void wrapsUnderTheNewestVersionAndUnwrapsUnderAll() {
        String key = kms().createKey(OrganizationId.random());
        WrappedKey before = kms().wrap(key, DATA_KEY, AAD);
        assertThat(rotate(kms(), key)).isEqualTo("2");
        WrappedKey after = kms().wrap(key, DATA_KEY, AAD);
        assertThat(after.keyVersion()).isEqualTo("2");
        assertThat(kms().unwrap(before, AAD)).isEqualTo(DATA_KEY);
        assertThat(kms().unwrap(after, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    default void makesTheNewestVersionThePrimaryOneAsOftenAsItIsAskedTo() {
        String key = kms().createKey(OrganizationId.random());
        String version = rotate(kms(), key);
        kms().makePrimary(key, version);
        assertThat(kms().describe(key).primaryVersion()).isEqualTo(version);
        assertThat(kms().describe(key).versions()).hasSize(2);
        assertRefused(KmsRefused.Reason.NOT_FOUND, () -> kms().makePrimary(key, "3"));
    }

    @Test
    default void describesItsVersionsTheNewestFirst() {
        String key = kms().createKey(OrganizationId.random());
        rotate(kms(), key);
        rotate(kms(), key);
        disable(key, "1");
        KeyDescription description = kms().describe(key);
        assertThat(description.primaryVersion()).isEqualTo("3");
        assertThat(description.versions()).extracting(KeyVersion::id).containsExactly("3", "2", "1");
        assertThat(description.versions()).extracting(KeyVersion::state).containsExactly(KeyState.ENABLED,
                KeyState.ENABLED, KeyState.DISABLED);
    }

    @Test
    default void refusesADisabledVersionUntilItIsEnabledAgain() {
        String key = kms().createKey(OrganizationId.random());
        WrappedKey wrapped = kms().wrap(key, DATA_KEY, AAD);
        disable(key, "1");
        assertRefused(KmsRefused.Reason.NOT_USABLE, () -> kms().unwrap(wrapped, AAD));
        assertRefused(KmsRefused.Reason.NOT_USABLE, () -> kms().wrap(key, DATA_KEY, AAD));
        enable(key, "1");
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    default void shredsAKeyForGood() {
        OrganizationId organization = OrganizationId.random();
        String key = kms().createKey(organization);
        WrappedKey wrapped = kms().wrap(key, DATA_KEY, AAD);
        rotate(kms(), key);
        List<KeyVersion> proof = kms().scheduleDestruction(key);
        assertThat(proof).hasSize(2).noneMatch(KeyVersion::canBeDestroyed);
        assertThat(kms().scheduleDestruction(key)).isEqualTo(proof);
        assertRefused(KmsRefused.Reason.NOT_USABLE, () -> kms().unwrap(wrapped, AAD));
        assertThat(kms().createKey(organization)).isEqualTo(key);
        assertRefused(KmsRefused.Reason.NOT_USABLE, () -> kms().wrap(key, DATA_KEY, AAD));
    }

    @Test
    default void adoptsTheKeyThatItMade() {
        OrganizationId organization = OrganizationId.random();
        assertThat(kms().adopt(organization, kms().createKey(organization))).isEqualTo("1");
    }

    @Test
    default void doesNotAdoptTheKeyThatItMadeForAnotherOrganization() {
        String others = kms().createKey(OrganizationId.random());
        assertRefused(KmsRefused.Reason.UNSUITABLE, () -> kms().adopt(OrganizationId.random(), others));
    }

    @Test
    default void neitherKeepsNorChangesTheArraysItIsGiven() {
        String key = kms().createKey(OrganizationId.random());
        byte[] given = DATA_KEY.clone();
        WrappedKey wrapped = kms().wrap(key, given, AAD);
        assertThat(given).isEqualTo(DATA_KEY);
        given[0]++;
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }
}
