package build.leash.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.RequestedHeader;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.SecretPurpose;
import build.leash.registry.api.StaticHeader;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeaderSealingTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final McpServerId SERVER = McpServerId.random();
    private static final HeaderName PASS = HeaderName.of("X-Pass");
    private static final StaticHeader SEALED = StaticHeader.secret(PASS, new SecretRef(UUID.randomUUID(), 3));

    private final SecretRef fresh = new SecretRef(UUID.randomUUID(), 8);

    @Test
    void recordsAPlainHeaderAsItIs() {
        RequestedHeader plain = new RequestedHeader.Plain(HeaderName.of("X-Tenant"), "acme");
        assertThat(recorded(List.of(), plain)).containsExactly(StaticHeader.plain(plain.name(), "acme"));
    }

    @Test
    void sealsASecretForItsHeaderAndTheVersionToCome() {
        assertThat(recorded(List.of(SEALED), new RequestedHeader.Secret(PASS, PlainSecret.of("s3cr3t"))))
                .containsExactly(StaticHeader.secret(PASS, fresh));
    }

    @Test
    void keepsASecretWithoutSealingItAgain() {
        HeaderName inAnotherCase = HeaderName.of("x-PASS");
        assertThat(recorded(List.of(SEALED), new RequestedHeader.KeptSecret(inAnotherCase)))
                .containsExactly(StaticHeader.secret(inAnotherCase, SEALED.secret()));
    }

    @Test
    void refusesToKeepWhatIsNotThere() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> recorded(List.of(), new RequestedHeader.KeptSecret(PASS)))
                .withMessageContaining("give the value").withMessageNotContaining("X-Pass");
    }

    @Test
    void refusesToKeepAPlainHeaderAsASecret() {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(
                () -> recorded(List.of(StaticHeader.plain(PASS, "open")), new RequestedHeader.KeptSecret(PASS)));
    }

    private List<StaticHeader> recorded(List<StaticHeader> current, RequestedHeader... requested) {
        return new HeaderSealing(this::seal, ORGANIZATION, SERVER, current)
                .record(new RequestedHeaders(List.of(requested)), fresh.version());
    }

    private SecretRef seal(SecretContext context, long version, PlainSecret secret) {
        assertThat(context).isEqualTo(SecretPurpose.header(ORGANIZATION, SERVER, PASS));
        assertThat(version).isEqualTo(fresh.version());
        assertThat(secret.reveal()).isEqualTo("s3cr3t");
        return fresh;
    }
}
