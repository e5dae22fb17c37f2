package build.leash.secrets.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.Writes;
import build.leash.secrets.api.KmsHealth;
import build.leash.secrets.api.Vault;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.kms.emulator.KmsEmulator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans and defaults of keys and sealing, as an application gets them that scans the packages. */
class SecretsWiringTest {

    @TempDir
    Path directory;

    private AnnotationConfigApplicationContext context(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("leash.kms.local.keyring", directory.resolve("keyring").toString());
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
        DriverManagerDataSource nowhere = new DriverManagerDataSource();
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(nowhere));
        context.registerBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(nowhere));
        context.registerBean(Writes.class, () -> new Writes(
                new TransactionTemplate(new DataSourceTransactionManager(nowhere)), JdbcClient.create(nowhere), 1));
        context.registerBean(Commands.class, () -> new Commands(
                DefaultCommandGateway.builder().commandBus(SimpleCommandBus.builder().build()).build()));
        context.registerBean(Organizations.class, InMemoryOrganizations::new);
        context.registerBean(Clock.class, Clock::systemUTC);
        context.scan("build.leash.secrets.kms", "build.leash.secrets.sealing", "build.leash.secrets.lifecycle");
        context.refresh();
        return context;
    }

    @Test
    void needsNothingButAKeyring() {
        try (var context = context(Map.of())) {
            assertThat(context.getBean(Vault.class)).isNotNull();
            assertThat(context.getBean(KmsProviders.class).forNewOrganizations().provider()).isEqualTo("local");
            assertThat(context.getBean(KmsHealth.class).providers()).extracting(KmsHealth.Provider::name)
                    .containsExactly("local");
            assertThat(context.getBean(CacheProperties.class)).isEqualTo(new CacheProperties(Duration.ofSeconds(60),
                    Duration.ofSeconds(6), Duration.ofMinutes(15), Duration.ofSeconds(5), 10_000, 64));
            assertThat(context.getBean(DataKeyProperties.class))
                    .isEqualTo(new DataKeyProperties(Duration.ofDays(30), 1_000_000));
        }
    }

    @Test
    void usesBothProvidersOnceAKeyRingIsGiven() {
        try (KmsEmulator emulator = KmsEmulator.start();
                var context = context(Map.of("leash.kms.provider", "gcp", "leash.kms.gcp.key-ring",
                        KmsEmulator.KEY_RING, "leash.kms.gcp.endpoint", emulator.endpoint(),
                        "leash.kms.gcp.plaintext", "true", "leash.kms.gcp.labels.team", "platform"))) {
            KmsProviders providers = context.getBean(KmsProviders.class);
            String key = providers.forNewOrganizations().createKey(OrganizationId.random());
            assertThat(emulator.key(key).getLabelsMap()).containsEntry("team", "platform");
            assertThat(providers.named("local").createKey(OrganizationId.random())).startsWith("local/");
        }
    }

    @Test
    void doesNotStartWithCloudKmsButWithoutAKeyRing() {
        assertThatThrownBy(() -> context(Map.of("leash.kms.provider", "gcp")))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> context(Map.of("leash.kms.gcp.key-ring", "organizations")))
                .hasStackTraceContaining("leash.kms.gcp.key-ring has the form");
    }
}
