package build.leash.config.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppKeys;
import build.leash.access.api.AppName;
import build.leash.access.api.Confirmation;
import build.leash.access.api.KeyHash;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Reads;
import build.leash.access.api.Rejected;
import build.leash.access.api.Rejection;
import build.leash.access.api.Revisions;
import build.leash.billing.api.BillingRejection;
import build.leash.billing.api.Plan;
import build.leash.registry.api.RegistryRejection;
import build.leash.secrets.api.Ciphertext;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.support.TransactionOperations;

/** Who may not know of a slug is turned down before anybody looks the slug up: neither database nor vault is asked. */
class CheckedHandOffsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"intercom", "linear", "", "../etc", "\u0000"})
    void belowGrowthTheAnswerIsUpgradeWhateverTheSlugAndTheKey(String slug) {
        assertRejected(Plan.STARTER, limitedTo("intercom"), slug, BillingRejection.UPGRADE_REQUIRED);
        assertRejected(Plan.STARTER, unlimited(), slug, BillingRejection.UPGRADE_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "", "Intercom", "intercom ", "../etc", "\u0000"})
    void aLimitedKeyIsTurnedDownWhetherOrNotTheSlugExists(String slug) {
        assertRejected(Plan.GROWTH, limitedTo("intercom"), slug, AccessRejection.NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Intercom", "intercom ", "../etc", "\u0000"})
    void whatIsNoSlugIsUnknownAndNotRepeated(String noSlug) {
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> ask(Plan.GROWTH, unlimited(), noSlug))
                .withMessage("Unknown MCP server")
                .satisfies(rejected -> assertThat(rejected.rejection())
                        .isEqualTo(RegistryRejection.UNKNOWN_MCP_SERVER));
    }

    @Test
    void anExpiredKeyIsTurnedDownByTheDatabasesClock() {
        OneKey expired = new OneKey(unlimited(), NOW);
        OneKey expires = new OneKey(unlimited(), NOW.plusMillis(1));
        Clock slow = Clock.fixed(NOW.minus(Duration.ofHours(1)), ZoneOffset.UTC);
        Clock fast = Clock.fixed(NOW.plus(Duration.ofHours(1)), ZoneOffset.UTC);

        assertRejected(AccessRejection.INVALID_API_KEY, () -> ask(Plan.STARTER, expired, "intercom", slow));
        assertRejected(BillingRejection.UPGRADE_REQUIRED, () -> ask(Plan.STARTER, expires, "intercom", fast));
    }

    private static void assertRejected(Plan plan, AppKey key, String slug, Rejection rejection) {
        assertRejected(rejection, () -> ask(plan, key, slug));
    }

    private static void assertRejected(Rejection rejection, ThrowingCallable asking) {
        assertThatExceptionOfType(Rejected.class).isThrownBy(asking)
                .satisfies(rejected -> assertThat(rejected.rejection()).isEqualTo(rejection));
    }

    private static void ask(Plan plan, AppKey key, String slug) {
        ask(plan, new OneKey(key, null), slug, Clock.systemUTC());
    }

    private static void ask(Plan plan, OneKey keys, String slug, Clock ofTheNode) {
        JdbcClient database = JdbcClient.create(new OutOfBounds());
        Reads reads = new Reads(database, TransactionOperations.withoutTransaction());
        Unchanging revisions = new Unchanging();
        Memory memory = new Memory(1_000);
        FreshViews views = new FreshViews(new Views(reads, keys, revisions, organization -> plan, new ClosedVault()),
                revisions, memory, new ReadCounts(new SimpleMeterRegistry(), memory), ofTheNode,
                Duration.ZERO);
        new CheckedHandOffs(keys, views, new ClosedVault())
                .ask("lsk_live_…", slug, app -> {}).handOff(version -> false);
    }

    private static AppKey limitedTo(String slug) {
        return new AppKey(ApiKeyId.random(), OrganizationId.random(), Set.of(slug), AppName.DEFAULT);
    }

    private static AppKey unlimited() {
        return new AppKey(ApiKeyId.random(), OrganizationId.random(), null, AppName.DEFAULT);
    }

    private record OneKey(AppKey key, @Nullable Instant expiresAt) implements AppKeys {

        @Override
        public KeyHash hash(@Nullable String presented) {
            return new KeyHash(1, 2, 3, 4);
        }

        @Override
        public Optional<Known> inView(KeyHash hash) {
            return Optional.of(new Known(key, expiresAt));
        }
    }

    private record Unchanging() implements Revisions {

        @Override
        public Confirmation confirm(OrganizationId organization) {
            return new Confirmation(new UUID(0, 1), NOW);
        }

        @Override
        public Confirmation inView(OrganizationId organization) {
            return confirm(organization);
        }
    }

    private static final class OutOfBounds extends AbstractDataSource {

        @Override
        public Connection getConnection() {
            throw new AssertionError("The database was asked");
        }

        @Override
        public Connection getConnection(String username, String password) {
            return getConnection();
        }
    }

    private static final class ClosedVault implements Vault {

        @Override
        public Sealer sealerFor(OrganizationId organization) {
            throw new AssertionError("The vault was asked");
        }

        @Override
        public PlainSecret open(SecretContext context, SecretRef ref) {
            throw new AssertionError("The vault was asked");
        }

        @Override
        public boolean holds(SecretContext context, SecretRef ref, PlainSecret secret) {
            throw new AssertionError("The vault was asked");
        }

        @Override
        public Map<UUID, Ciphertext> inView(OrganizationId organization, Collection<SecretRef> refs) {
            throw new AssertionError("The vault was asked");
        }

        @Override
        public PlainSecret open(SecretContext context, Ciphertext ciphertext) {
            throw new AssertionError("The vault was asked");
        }

        @Override
        public void retire(SecretContext context, long beforeVersion) {
            throw new AssertionError("The vault was asked");
        }

        @Override
        public void retireAll(OrganizationId organization, String owner) {
            throw new AssertionError("The vault was asked");
        }

        @Override
        public void destroy(OrganizationId organization, SecretRef ref) {
            throw new AssertionError("The vault was asked");
        }
    }
}
