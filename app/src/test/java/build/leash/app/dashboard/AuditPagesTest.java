package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.audit.Superuser;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What auditors see of an organization that has a history. */
@Timeout(180)
class AuditPagesTest {

    private static final String AUDIT = "/dashboard/organization/audit";

    private static RunningLeash leash;
    private static TestOrganization organization;
    private static House.Person auditor;

    @BeforeAll
    static void start() {
        Chromium.shared();
        leash = RunningLeash.shared();
        organization = leash.founds();
        auditor = new House(leash, organization).person(Role.AUDITOR);
        for (int i = 0; i < 60; i++) {
            organization.register("server-" + i, i == 7 ? "token" : null);
        }
        leash.client().post("/api/organization/mcp-servers/server-7/rotate", "{\"token\": \"<b>new</b>\"}")
                .key(organization.adminKey()).send();
        for (int i = 0; i < 3; i++) {
            organization.fetch("server-" + i);
        }
        organization.fetch("missing");
        Poll.until("the reads are recorded", () -> {
            LeashAnswer reads = leash.client().get("/api/organization/audit/reads").key(organization.adminKey()).send();
            return reads.json().get("items").size() == 4;
        });
    }

    @Test
    void everyPageIsAccessibleAndFits() {
        try (Visit visit = visit()) {
            visit.open(AUDIT).look("audit-log");
            visit.open(AUDIT + "/reads").look("audit-reads");
            visit.open(AUDIT + "/checkpoints").look("audit-checkpoints");
            visit.open(AUDIT + "/state").look("audit-state");
            visit.open(AUDIT + "/state?from=2020-01-01T00:00:00").look("audit-changes");
            visit.open(AUDIT + "?type=registry.bearer-rotated").page().locator("a.slug").first().click();
            visit.sees("Its proof");
            visit.look("audit-event").hadNoErrors();
        }
    }

    @Test
    void aProofBelowACheckpointThatNobodyTrustedSignedDoesNotHold() {
        JdbcClient superuser = Superuser.withoutTriggers(leash);
        Wire wire = new Wire(leash.baseUrl());
        long size = leash.client().get("/api/organization/audit/checkpoint").key(organization.adminKey()).send().json()
                .get("size").asLong();
        String id = leash.client().get("/api/organization/audit/events?type=registry.bearer-rotated")
                .key(organization.adminKey()).send().json().at("/items/0/id").stringValue();
        String signAs = "update audit.checkpoint set note = replace(note, '\u2014 %s', '\u2014 %s') where size >= "
                + size;
        superuser.sql(signAs.formatted("leash.build", "other.build")).update();
        try {
            assertThat(wire.get(AUDIT + "/events/" + id, auditor.session()).body()).contains("does not hold");
        } finally {
            superuser.sql(signAs.formatted("other.build", "leash.build")).update();
        }
        assertThat(wire.get(AUDIT + "/events/" + id, auditor.session()).body()).doesNotContain("does not hold");
    }

    @Test
    void findsEventsByFiltersAndPages() {
        try (Visit visit = visit()) {
            visit.open("/dashboard/organization").page().getByRole(AriaRole.LINK,
                    new Page.GetByRoleOptions().setName("Audit log")).first().click();
            visit.isAt(AUDIT);
            assertThat(rows(visit).count()).isEqualTo(50);
            visit.page().getByText("Next page").click();
            visit.page().locator("a.slug >> text=access.organization-founded").waitFor();
            visit.open(AUDIT);
            visit.page().getByLabel("Server").fill("server-7");
            visit.button("Filter").click();
            visit.page().waitForURL("**/audit?*server=server-7*");
            assertThat(rows(visit).count()).isEqualTo(2);
            visit.page().getByLabel("Type").selectOption("registry.bearer-rotated");
            visit.button("Filter").click();
            visit.page().waitForURL("**/audit?*type=registry.bearer-rotated*");
            assertThat(rows(visit).count()).isEqualTo(1);
            visit.page().getByText("Clear").click();
            visit.page().waitForURL("**/audit");
            visit.hadNoErrors();
        }
    }

    @Test
    void provesAnEventAndTellsWhereItsCheckpointIs() {
        try (Visit visit = visit()) {
            visit.open(AUDIT + "?server=server-7").page().locator("a.slug").first().click();
            visit.sees("holds");
            assertThat(visit.page().locator("main").innerText()).contains("leash.build/").doesNotContain("<b>new</b>");
            visit.open(AUDIT + "/checkpoints");
            String key = leash.client().get("/api/organization/audit/checkpoint").key(organization.adminKey()).send()
                    .member("verifierKey");
            assertThat(visit.page().locator("#key").innerText()).isEqualTo(key);
            String export = visit.page().waitForDownload(() -> visit.page().getByText("Download as JSONL").click())
                    .suggestedFilename();
            assertThat(export).isEqualTo("export.jsonl");
            visit.hadNoErrors();
        }
    }

    @Test
    void showsWhoWasHandedWhatAndWhatWasWhen() {
        try (Visit visit = visit()) {
            visit.open(AUDIT + "/reads");
            assertThat(rows(visit).count()).isEqualTo(4);
            visit.page().getByLabel("Outcome").fill("unknown_mcp_server");
            visit.button("Filter").click();
            visit.sees("missing");
            assertThat(rows(visit).count()).isEqualTo(1);
            visit.open(AUDIT + "/state");
            visit.sees("https://mcp.example.com/server-59");
            visit.open(AUDIT + "/state?at=2020-01-01T00:00:00");
            visit.sees("There was nothing yet.");
            visit.open(AUDIT + "/state?from=2020-01-01T00:00:00");
            visit.sees("added");
            visit.hadNoErrors();
        }
    }

    private static Locator rows(Visit visit) {
        return visit.page().locator("main table tbody tr");
    }

    private static Visit visit() {
        return Visit.of(leash, auditor);
    }
}
