package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Role;
import build.leash.access.api.Sessions;
import build.leash.access.api.Slug;
import build.leash.app.dashboard.activity.Difference;
import build.leash.app.dashboard.activity.Happening;
import build.leash.app.dashboard.activity.ServerHistory;
import build.leash.app.dashboard.page.Times;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.registry.api.Change;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RequestedHeader;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.Transport;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Whatever people and events hold is text on a page. */
@Timeout(120)
class HostileValuesTest {

    private static final String SCRIPT = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>";
    private static final String LONG = "\"'><b>" + "x".repeat(2_040) + "!";
    private static final String TURNED = "safe\u202Egnp.exe\u202C";

    private static RunningLeash leash;

    @BeforeAll
    static void start() {
        Chromium.shared();
        leash = RunningLeash.shared();
    }

    @Test
    void hostileValuesRenderAsText() {
        String script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        TestOrganization organization = leash.founds();
        var owner = organization.owner();
        Members members = leash.bean(Members.class);
        Members.Invited invited = members.invite(owner, new EmailAddress("\"<img/src=x/onerror=alert(3)>\"@x.example"),
                Role.OWNER);
        PersonId person = members.accept(invited.invitation().id(), new PlainPassword(House.PASSWORD), "request-test");
        members.invite(owner, new EmailAddress("'\"><svg/onload=alert(4)>@x.example"), Role.VIEWER);
        leash.bean(ApiKeys.class).issue(owner, new ApiKeyRequest(ApiKeyKind.APP, DisplayName.of("'\"}}" + script),
                null, null, null));
        String longUrl = "https://x.example/" + "a".repeat(HttpsUrl.MAX_LENGTH - 18);
        RequestedHeaders headers = new RequestedHeaders(List.of(
                new RequestedHeader.Plain(HeaderName.of("!#$%&'*+.^_`|~" + "x".repeat(80)), "\">" + script
                        + "y".repeat(2048 - script.length())),
                new RequestedHeader.Plain(HeaderName.of("X-Template"), "${7*7} [[${7*7}]] __${7*7}__")));
        McpServers servers = leash.bean(McpServers.class);
        servers.register(owner, new Registration(Slug.of("hostile"), DisplayName.of(script),
                HttpsUrl.of("https://first.example"), Transport.SSE, null, RequestedHeaders.NONE));
        servers.change(owner, Slug.of("hostile"), new Change(DisplayName.of("[[${7*7}]] \"'>" + script),
                HttpsUrl.of(longUrl), null, headers), null);
        House.Person member = new House.Person(person, "", leash.bean(Sessions.class).open(person).reveal());
        try (Visit visit = Visit.of(leash, member)) {
            visit.page().onDialog(dialog -> {
                throw new AssertionError("A value ran as a script: " + dialog.message());
            });
            visit.open("/dashboard/organization").look("hostile-organization");
            isText(visit.page(), script);
            visit.open("/dashboard/organization/servers/hostile").look("hostile-server");
            isText(visit.page(), script);
            assertThat(visit.page().content()).contains(longUrl).doesNotContain(">49<");
            visit.openDialog("Edit");
            isText(visit.page(), script);
            visit.look("hostile-edit").hadNoErrors();
        }
    }

    @Test
    void rightToLeftOverridesAreRefusedWithWhatWasTyped() {
        try (Visit visit = Visit.of(leash, new House(leash, leash.founds()).person(Role.OWNER))) {
            visit.open("/dashboard/organization").openDialog("Register server");
            visit.dialog().locator("[name=slug]").fill("Not A Slug");
            visit.dialog().locator("[name=displayName]").fill("safe\u202Egnp.exe");
            visit.dialog().locator("[name=url]").fill("http://plain.example");
            Locator token = visit.dialog().locator("[name=token]");
            token.fill("Bearer typed-secret");
            visit.dialog().locator("[name=url]").click();
            visit.sees("A slug has 1 to 63 lower-case letters");
            visit.sees("begins with https://");
            visit.button("Register").click();
            assertThat(token.evaluate("field => field.validity.patternMismatch")).isEqualTo(true);
            token.fill("typed-secret");
            String refused = visit.page().waitForResponse("**/organization/register",
                    () -> visit.button("Register").click()).text();
            assertThat(refused).contains("A slug has 1 to 63", "direction-changing", "begins with https://")
                    .doesNotContain("typed-secret");
            visit.sees("no control or direction-changing characters");
            visit.sees("begins with https://");
            assertThat(visit.dialog().locator("[name=slug]").inputValue()).isEqualTo("Not A Slug");
            assertThat(visit.dialog().locator("[name=token]").inputValue()).isEmpty();
            assertThat(visit.page().content()).doesNotContain("typed-secret");
            visit.look("dialog-refused");
        }
    }

    /**
     * All that pages show of events passes through these fields. The values are more than the types of today let in: the
     * log is for ever, and an upcaster may have more to tell one day. The page has no CSP here, so what ran would show.
     */
    @ParameterizedTest
    @ValueSource(strings = {SCRIPT, "{{constructor}} [[${7*7}]] __${7*7}__ &lt;b&gt;", "LONG", TURNED})
    void everyFieldOfEveryEventIsText(String named) {
        String value = named.equals("LONG") ? LONG : named;
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        Happening happening = new Happening("what " + value, "who " + value, now, "slug");
        ServerHistory.Step step = new ServerHistory.Step("step " + value, "by " + value, now, 2,
                List.of(new Difference("field " + value, "before " + value, "after " + value)));
        String html = rendered("fragments/activity", "list", Map.of("happenings", List.of(happening)))
                + rendered("fragments/server", "current", Map.of("history",
                        new ServerHistory.History("name " + value, true, List.of(step)), "slug", "slug"));
        try (Visit visit = new Visit(leash.baseUrl())) {
            visit.page().setContent("<main>" + html + "</main>");
            assertThat(visit.page().evaluate("window.ran === undefined")).isEqualTo(true);
            assertThat(visit.page().locator("main img, main script, main b").count()).isZero();
            String text = visit.page().locator("main").textContent();
            assertThat(text).doesNotContain("49");
            for (String where : List.of("what ", "who ", "step ", "by ", "field ", "before ", "after ", "name ")) {
                assertThat(text).as(where).contains(where + value);
            }
            assertThat(visit.page().evaluate("[...document.querySelectorAll('main *')].every(e => e.children.length > 0"
                    + " || !e.textContent.includes('\u202E') || e.closest('bdi, dt'))")).as("kept to itself")
                    .isEqualTo(true);
        }
    }

    private static String rendered(String template, String fragment, Map<String, Object> model) {
        JakartaServletWebApplication application = JakartaServletWebApplication
                .buildApplication(new MockServletContext());
        WebContext context = new WebContext(
                application.buildExchange(new MockHttpServletRequest(), new MockHttpServletResponse()));
        model.forEach(context::setVariable);
        context.setVariable("times", new Times());
        return leash.bean(SpringTemplateEngine.class).process(template, Set.of(fragment), context);
    }

    private static void isText(Page page, String script) {
        assertThat(page.locator("main img, main script, dialog img, dialog script").count()).isZero();
        assertThat(page.locator("main").innerText()).contains(script);
    }
}
