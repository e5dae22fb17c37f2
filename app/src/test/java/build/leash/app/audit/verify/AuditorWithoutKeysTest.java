package build.leash.app.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An auditor on a node that has no key which opens a secret. */
class AuditorWithoutKeysTest {

    private static final String AUDIT = "/api/organization/audit";

    @TempDir
    private static Path directory;

    private static RunningLeash node;
    private static TestOrganization organization;
    private static String auditor;

    @BeforeAll
    static void startANode() {
        RunningLeash leash = RunningLeash.shared();
        organization = leash.founds();
        organization.register("one", "token");
        auditor = organization.managementKey(Role.AUDITOR);
        node = leash.node("leash.kms.local.keyring=" + directory.resolve("no-such-keyring"),
                "leash.audit.signing-key=" + leash.dataDirectory().resolve("audit-signing-key"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/reads", "/export?format=cloudevents", "/replay",
            "/state?at=2200-01-01T00:00:00Z", "/changes?from=2020-01-01T00:00:00Z&to=2200-01-01T00:00:00Z"})
    void mayReadEverythingWithoutAKeyThatOpensASecret(String path) {
        assertThat(node.client().get("/api/integrations/mcp-config/one").key(organization.appKey()).send().outcome())
                .isEqualTo("503 secrets_unavailable");
        assertThat(get(path).outcome()).isEqualTo("200");
        String id = get("/events?limit=1").json().at("/items/0/id").stringValue();
        assertThat(get("/events/" + id).outcome()).isEqualTo("200");
    }

    private static LeashAnswer get(String path) {
        return node.client().get(AUDIT + path).key(auditor).send();
    }
}
