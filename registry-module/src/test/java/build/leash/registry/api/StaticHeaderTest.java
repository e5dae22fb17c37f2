package build.leash.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretRef;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StaticHeaderTest {

    private static final HeaderName NAME = HeaderName.of("X-Tenant");
    private static final SecretRef REF = new SecretRef(UUID.fromString("0b0b1bb5-7d5c-4a34-9d0a-6c1c7c3f2a11"), 4);

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void aPlainHeaderHasItsValueInTheOpen() {
        StaticHeader plain = StaticHeader.plain(NAME, "acme");
        assertThat(plain.valueOr(ref -> "opened")).isEqualTo("acme");
        assertThat(json.writeValueAsString(plain)).isEqualTo("{\"name\":\"X-Tenant\",\"value\":\"acme\"}");
        assertThat(json.readValue(json.writeValueAsString(plain), StaticHeader.class)).isEqualTo(plain);
    }

    @Test
    void aSecretHeaderHasAReferenceOnly() {
        StaticHeader secret = StaticHeader.secret(NAME, REF);
        assertThat(secret.valueOr(ref -> "opened " + ref.version())).isEqualTo("opened 4");
        assertThat(json.writeValueAsString(secret)).isEqualTo("{\"name\":\"X-Tenant\","
                + "\"secret\":{\"id\":\"0b0b1bb5-7d5c-4a34-9d0a-6c1c7c3f2a11\",\"version\":4}}");
        assertThat(json.readValue(json.writeValueAsString(secret), StaticHeader.class)).isEqualTo(secret);
    }

    @Test
    void hasEitherOfTheTwo() {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new StaticHeader(NAME, "acme", REF));
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new StaticHeader(NAME, null, null));
    }

    @Test
    void aSecretsPurposeIsTheSameInWhateverCaseTheNameIs() {
        OrganizationId organization = OrganizationId.random();
        McpServerId server = McpServerId.random();
        assertThat(SecretPurpose.header(organization, server, HeaderName.of("x-TENANT")))
                .isEqualTo(SecretPurpose.header(organization, server, NAME));
    }

    @Test
    void noHeadersPurposeIsTheBearers() {
        OrganizationId organization = OrganizationId.random();
        McpServerId server = McpServerId.random();
        assertThat(SecretPurpose.header(organization, server, HeaderName.of("Bearer")))
                .isNotEqualTo(SecretPurpose.bearer(organization, server));
    }
}
