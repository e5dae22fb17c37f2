package build.leash.config.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.AppKey;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Rejection;
import build.leash.billing.api.BillingRejection;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import java.sql.Connection;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Who may not know of a slug is turned down before anybody looks the slug up: neither database nor vault is asked. */
class CheckedHandOffsTest {

    private static final Entitlements STARTER = (organization, feature) -> {
        throw new Rejected(BillingRejection.UPGRADE_REQUIRED, feature.name());
    };
    private static final Entitlements GROWTH = (organization, feature) -> assertThat(feature)
            .isEqualTo(Feature.CUSTOM_MCP_SERVERS);

    @ParameterizedTest
    @ValueSource(strings = {"intercom", "linear", "", "../etc", "\u0000"})
    void belowGrowthTheAnswerIsUpgradeWhateverTheSlugAndTheKey(String slug) {
        assertRejected(STARTER, limitedTo("intercom"), slug, BillingRejection.UPGRADE_REQUIRED);
        assertRejected(STARTER, unlimited(), slug, BillingRejection.UPGRADE_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "", "Intercom", "intercom ", "../etc", "\u0000"})
    void aLimitedKeyIsTurnedDownWhetherOrNotTheSlugExists(String slug) {
        assertRejected(GROWTH, limitedTo("intercom"), slug, AccessRejection.NOT_ALLOWED);
    }

    private static void assertRejected(Entitlements plan, AppKey key, String slug, Rejection rejection) {
        JdbcClient database = JdbcClient.create(new OutOfBounds());
        CheckedHandOffs handOffs = new CheckedHandOffs(plan, new StoredEndpoints(database), new ClosedVault());
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> handOffs.handOff(key, slug, version -> false))
                .satisfies(rejected -> assertThat(rejected.rejection()).isEqualTo(rejection));
    }

    private static AppKey limitedTo(String slug) {
        return new AppKey(ApiKeyId.random(), OrganizationId.random(), Set.of(slug));
    }

    private static AppKey unlimited() {
        return new AppKey(ApiKeyId.random(), OrganizationId.random(), null);
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
