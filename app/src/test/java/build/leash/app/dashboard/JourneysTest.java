package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.RunningLeash;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people come for, in a browser, on a desk and on a phone. */
@Timeout(120)
class JourneysTest {

    private static RunningLeash leash;
    private House house;

    @BeforeAll
    static void start() {
        leash = RunningLeash.shared();
    }

    @BeforeEach
    void found() {
        house = new House(leash, leash.founds());
    }

    @ParameterizedTest
    @ValueSource(ints = {Visit.DESKTOP, Visit.PHONE})
    void invitesSomebodyWhoJoinsAndIsRemoved(int width) {
        try (Visit owner = visit(Role.OWNER, width);
                Visit newcomer = new Visit(leash.baseUrl(), width, ColorScheme.DARK)) {
            owner.open("/dashboard/organization").openDialog("Invite");
            owner.dialog().getByLabel("E-mail address").fill("new-" + width + "@acme.example");
            owner.button("Invite").last().click();
            owner.sees("Pass this link on");
            owner.isAccessible("invited").screenshot("invited-" + width);
            String link = owner.page().locator("#invitation-link").textContent();
            owner.button("Done").click();

            newcomer.page().navigate(link);
            newcomer.isAccessible("invitation").fits("invitation").screenshot("invitation-" + width);
            newcomer.page().getByLabel("Choose a password").fill(House.PASSWORD);
            newcomer.button("Join").click();
            newcomer.isAt("/dashboard/organization");
            newcomer.button("Register server").waitFor();

            owner.page().getByLabel("Role of new-" + width + "@acme.example").selectOption("viewer");
            owner.sees("The role is viewer now.");
            newcomer.open("/dashboard/organization");
            assertThat(newcomer.button("Register server").count()).isZero();

            owner.page().getByLabel("Remove new-" + width + "@acme.example").click();
            owner.button("Remove").click();
            owner.sees("Removed the member.");
            newcomer.sees("You belong to no organization");
            owner.hadNoErrors();
            newcomer.hadNoErrors();
        }
    }

    @Test
    void createsAKeyThatIsShownOnceAndRevokesIt() {
        house.server("intercom");
        try (Visit owner = visit(Role.OWNER, Visit.DESKTOP)) {
            owner.open("/dashboard/organization").openDialog("New key");
            owner.dialog().getByLabel("Name").fill("Checkout");
            owner.dialog().getByLabel("Limit to slugs").fill("intercom");
            owner.button("Create key").click();
            owner.sees("Copy the key now");
            owner.isAccessible("key created").screenshot("key-created");
            String key = owner.page().locator("#key-value").textContent();
            assertThat(leash.client().get("/api/integrations/mcp-config/intercom").key(key).send().status())
                    .isEqualTo(200);
            owner.button("I have copied it").click();
            owner.dialogIsGone();
            assertThat(owner.page().content()).doesNotContain(key);
            owner.button("Revoke Checkout").click();
            owner.button("Revoke key").click();
            owner.sees("Revoked the key");
            assertThat(leash.client().get("/api/integrations/mcp-config/intercom").key(key).send().status())
                    .isEqualTo(401);
            owner.hadNoErrors();
        }
    }

    @Test
    void hearsWhatWasDoneEvenIfAReloadTookTheFormAwayMeanwhile() {
        try (Visit owner = visit(Role.OWNER, Visit.DESKTOP)) {
            owner.open("/dashboard/organization");
            owner.page().evaluate("document.body.addEventListener('htmx:beforeSend', sent => {"
                    + " if (sent.target.closest('#members form')) sent.target.closest('li').remove(); })");
            owner.page().getByLabel("Role of " + house.person(Role.BUILDER).email()).selectOption("viewer");
            owner.sees("The role is viewer now.");
            owner.hadNoErrors();
        }
    }

    @Test
    void seesOtherPeoplesChangesWithoutLoadingThePageAgain() {
        try (Visit viewer = visit(Role.VIEWER, Visit.DESKTOP)) {
            viewer.open("/dashboard/organization");
            viewer.sees("No server is registered yet");
            house.server("from-elsewhere");
            viewer.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("from-elsewhere").setExact(true))
                    .waitFor();
            viewer.sees("Registered from-elsewhere");
            viewer.hadNoErrors();
        }
    }

    @Test
    void seesWhatOthersDidWhileTheStreamWasBroken() {
        try (Visit viewer = visit(Role.VIEWER, Visit.DESKTOP)) {
            viewer.context().addInitScript("window.EventSource = class extends EventTarget {"
                    + " constructor() { super(); window.stream = this; } close() {} }");
            viewer.open("/dashboard/organization");
            viewer.page().waitForFunction("!!window.stream");
            viewer.page().evaluate("window.stream.dispatchEvent(new Event('leash-live'))");
            house.server("meanwhile");
            viewer.page().evaluate("window.stream.dispatchEvent(new Event('leash-live'))");
            viewer.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("meanwhile").setExact(true))
                    .waitFor();
            viewer.hadNoErrors();
        }
    }

    @Test
    void importsWhatAClientUsesAndExportsItWithoutSecrets() {
        try (Visit builder = visit(Role.BUILDER, Visit.DESKTOP)) {
            builder.open("/dashboard/organization").openDialog("Import");
            builder.dialog().getByLabel("Paste it here").fill("""
                    {"mcpServers": {
                      "Linear": {"url": "https://mcp.linear.example/mcp",
                                 "headers": {"Authorization": "Bearer sealed-on-arrival", "X-Team": "core"}},
                      "files": {"command": "npx", "args": ["files"]},
                      "plain": {"url": "http://plain.example"}}}""");
            builder.sees("It has no URL: it is a command");
            builder.sees("begins with https://");
            builder.isAccessible("import").screenshot("dialog-import-preview");
            builder.button("Register the chosen servers").click();
            builder.sees("registered");
            builder.button("Done").click();
            builder.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("linear").setExact(true))
                    .waitFor();
            builder.hadNoErrors();
        }
        Wire wire = new Wire(leash.baseUrl());
        String exported = wire.get("/dashboard/organization/export", house.person(Role.VIEWER).session()).body();
        assertThat(exported).contains("build.leash/linear", "https://mcp.linear.example/mcp", "\"isSecret\" : true",
                "core").doesNotContain("sealed-on-arrival");
        House elsewhere = new House(leash, leash.founds());
        assertThat(wire.post("/dashboard/organization/import/preview",
                wire.in(elsewhere.person(Role.BUILDER).session()), Map.of("pasted", exported)).body())
                .contains("linear", "It wants one that is not in here");
    }

    @Test
    void foundsAnotherOrganizationAndSwitchesBack() {
        try (Visit owner = visit(Role.OWNER, Visit.DESKTOP)) {
            owner.open("/dashboard/organizations/new");
            owner.page().getByLabel("Name").fill("Second");
            owner.button("Found it").click();
            owner.sees("Hand your own MCP servers to every app");
            owner.page().locator(".switcher summary").click();
            owner.page().locator(".switcher button").first().click();
            owner.sees("No server is registered yet");
            owner.hadNoErrors();
        }
    }

    @Test
    void registersByKeyboardAlone() {
        try (Visit builder = visit(Role.BUILDER, Visit.DESKTOP)) {
            builder.open("/dashboard/organization");
            builder.button("Register server").focus();
            builder.page().keyboard().press("Enter");
            builder.dialog().waitFor();
            builder.page().waitForFunction("document.activeElement.id === 'f-slug'");
            builder.page().keyboard().type("by-keyboard");
            builder.page().keyboard().press("Tab");
            builder.page().keyboard().press("Tab");
            builder.page().keyboard().type("https://mcp.example.com/mcp");
            for (int i = 0; i < 2; i++) {
                builder.page().keyboard().press("Tab");
            }
            builder.page().keyboard().press("Tab");
            builder.page().keyboard().type("token-by-keyboard");
            builder.page().keyboard().press("Enter");
            builder.sees("Registered. Now connect to");
            builder.page().keyboard().press("Escape");
            builder.dialogIsGone();
            assertThat(builder.page().evaluate("document.activeElement.textContent.trim()"))
                    .isEqualTo("Register server");
            builder.hadNoErrors();
        }
    }

    @Test
    void rotatesTheEncryptionKeyBringsAnotherAndShredsItAll() {
        House doomed = House.named(leash, "Doomed");
        doomed.server();
        try (Visit owner = Visit.of(leash, doomed.person(Role.OWNER))) {
            owner.open("/dashboard/organization").sees("made by Leash");
            owner.openDialog("Rotate key");
            owner.button("Rotate now").click();
            owner.sees("The key is being rotated");
            owner.dialogIsGone();
            owner.sees("Wrapping the data keys anew: done");
            owner.sees("version 2");
            owner.sees("Rotated the encryption key");

            owner.openDialog("Use another key");
            owner.dialog().getByLabel("Full name of your own key").fill("projects/acme/nonsense");
            owner.button("Use this key").click();
            owner.sees("This is not the full name");
            assertThat(owner.dialog().getByLabel("Full name of your own key").inputValue())
                    .isEqualTo("projects/acme/nonsense");
            owner.isAccessible("another key").button("Cancel").click();
            owner.dialogIsGone();

            owner.openDialog("Shred");
            owner.dialog().getByLabel("Type Doomed to confirm").fill("doomed");
            owner.button("Shred for ever").click();
            owner.sees("repeat the organization's name exactly");
            owner.dialog().getByLabel("Type Doomed to confirm").fill("Doomed");
            owner.button("Shred for ever").click();
            owner.dialogIsGone();
            owner.sees("No secret of the organization can be opened any more");
            assertThat(owner.button("Rotate key").count()).isZero();
            owner.isAccessible("shredded").screenshot("shredded");
            owner.hadNoErrors();
        }
    }

    private Visit visit(Role role, int width) {
        return Visit.of(leash, house.person(role), width, ColorScheme.LIGHT);
    }
}
