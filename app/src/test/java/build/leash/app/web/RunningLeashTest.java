package build.leash.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import org.junit.jupiter.api.Test;

/** The support itself: what the other tests rely on. */
class RunningLeashTest {

    private final RunningLeash leash = RunningLeash.shared();

    @Test
    void letsTheFirstOrganizationIn() {
        LeashAnswer plan = leash.client().get("/api/organization/plan").key(leash.adminKey()).send();
        LeashAnswer unknown = leash.client().get("/api/integrations/mcp-config/nothing").key(leash.appKey()).send();

        assertThat(plan.json().get("plan").stringValue()).isEqualTo("growth");
        assertThat(unknown.outcome()).isEqualTo("404 unknown_mcp_server");
    }

    @Test
    void foundsFurtherOrganizations() {
        TestOrganization organization = leash.founds();
        organization.register("echo", "abc");

        assertThat(organization.fetch("echo").json().at("/data/headers/Authorization").asString())
                .isEqualTo("Bearer abc");
    }

    @Test
    void writesBytesAsTheyAre() {
        LeashAnswer answer = leash.raw(
                "GET /api/organization/plan HTTP/1.1\r\nHost: x\r\nX-API-Key: " + leash.adminKey() + "\r\n\r\n");

        assertThat(answer.outcome()).isEqualTo("200");
        assertThat(answer.member("plan")).isEqualTo("growth");
    }
}
