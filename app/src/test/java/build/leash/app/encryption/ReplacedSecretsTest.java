package build.leash.app.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.Poll;
import build.leash.app.support.TestOrganization;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.SecretPurpose;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReplacedSecretsTest {

    private static final String SERVERS = "/api/organization/mcp-servers/";

    private static KmsLeash house;

    @BeforeAll
    static void start() {
        house = KmsLeash.shared();
    }

    private record Bearer(UUID server, UUID id, long version) {}

    @Test
    void openForWhoeverReadTheirReferenceJustBeforeAndAreThenDestroyed() {
        TestOrganization acme = house.leash.founds();
        acme.register("s0", "before");
        Bearer read = bearer(acme);
        assertThat(send(acme, "POST", "s0/rotate", "{\"token\": \"after\"}")).isEqualTo(200);

        try (PlainSecret opened = house.leash.bean(Vault.class).open(SecretPurpose.bearer(acme.id(),
                McpServerId.of(read.server().toString())), new SecretRef(read.id(), read.version()))) {
            assertThat(opened.reveal()).isEqualTo("before");
        }
        Poll.until("the replaced secret is destroyed", () -> secrets(acme) == 1);
        assertThat(acme.fetch("s0").json().at("/data/headers/Authorization").stringValue()).isEqualTo("Bearer after");
    }

    @Test
    void ofHeadersAreThoseThatWereChangedOrDroppedNotThoseThatWereKept() {
        TestOrganization acme = house.leash.founds();
        acme.register("s0", "token");
        String both = "'X-A': {'value': 'a%d', 'secret': true}, 'X-B': {'value': 'b', 'secret': true}";
        change(acme, both.formatted(1));
        assertThat(secrets(acme)).isEqualTo(3);
        change(acme, "'X-A': {'value': 'a2', 'secret': true}, 'X-B': {'secret': true}");
        assertThat(replaced(acme)).isEqualTo(1);
        change(acme, "'X-B': {'secret': true}");
        Poll.until("the replaced ones are destroyed", () -> secrets(acme) == 2);
        assertThat(acme.fetch("s0").json().at("/data/headers/X-B").stringValue()).isEqualTo("b");
    }

    @Test
    void ofARevokedServerAreAll() {
        TestOrganization acme = house.leash.founds();
        acme.register("s0", "token");
        assertThat(send(acme, "DELETE", "s0", "")).isEqualTo(204);
        Poll.until("all are destroyed", () -> secrets(acme) == 0);
    }

    private static void change(TestOrganization acme, String headers) {
        assertThat(send(acme, "PATCH", "s0", "{\"headers\": {" + headers.replace('\'', '"') + "}}")).isEqualTo(200);
    }

    private static int send(TestOrganization acme, String method, String path, String json) {
        return house.leash.client().call(method, SERVERS + path).json(json).key(acme.adminKey()).send().status();
    }

    private static int secrets(TestOrganization acme) {
        return house.key(acme).get("secrets").asInt();
    }

    private static long replaced(TestOrganization acme) {
        return house.jdbc().sql("""
                select count(*) from secrets.sealed_secret where organization_id = ? and replaced_at is not null
                """).param(acme.id().value()).query(Long.class).single();
    }

    private static Bearer bearer(TestOrganization acme) {
        return house.jdbc().sql("""
                select server_id, bearer_id, bearer_version from config.endpoint where organization_id = ?
                """).param(acme.id().value()).query((row, number) -> new Bearer(row.getObject(1, UUID.class),
                row.getObject(2, UUID.class), row.getLong(3))).single();
    }
}
