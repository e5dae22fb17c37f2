package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.Role;
import build.leash.app.support.RunningLeash;
import build.leash.billing.api.Plan;
import build.leash.registry.api.Change;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the pages look, whoever looks at them and on whatever screen. */
@Timeout(180)
class PagesTest {

    private static RunningLeash leash;
    private static House house;

    @BeforeAll
    static void start() {
        Chromium.shared();
        leash = RunningLeash.shared();
        house = Acme.in(leash);
    }

    @Test
    void everyPageIsAccessibleAndFits() {
        String invitation = leash.bean(Members.class)
                .invite(house.owner(), new EmailAddress("lee@acme.example"), Role.VIEWER).token().reveal();
        try (Visit out = new Visit(leash.baseUrl())) {
            out.open("/dashboard/sign-in").look("sign-in");
            out.open("/dashboard/invitations/" + invitation).look("invitation");
            out.hadNoErrors();
        }
        try (Visit visit = owner()) {
            visit.open("/dashboard/organization").sees("made by Leash");
            visit.look("organization").picture("organization", Visit.DESKTOP, ColorScheme.LIGHT, true)
                    .picture("phone", Visit.PHONE, ColorScheme.LIGHT, false);
            visit.open("/dashboard/organization/servers/intercom").look("server")
                    .picture("server", Visit.DESKTOP, ColorScheme.LIGHT, true)
                    .picture("dark", Visit.DESKTOP, ColorScheme.DARK, true);
            visit.open("/dashboard/password").look("password");
            visit.open("/dashboard/organizations/new").look("new-organization");
            visit.hadNoErrors();
            visit.open("/dashboard/nowhere").look("error");
        }
    }

    @Test
    void everyDialogIsAccessibleAndFits() {
        try (Visit visit = owner()) {
            visit.open("/dashboard/organization").sees("made by Leash");
            for (String button : List.of("Register server", "Import", "New key", "Invite", "Change plan", "Rotate key",
                    "Use another key", "Shred")) {
                dialog(visit, button, "dialog-");
            }
            visit.open("/dashboard/organization/servers/intercom");
            for (String button : List.of("Edit", "Rotate bearer", "Revoke")) {
                dialog(visit, button, "dialog-server-");
            }
            visit.openDialog("Connect");
            visit.look("dialog-connect").hadNoErrors();
        }
    }

    @Test
    void everyPageAndDialogOfSecretsIsAccessibleAndFits() {
        try (Visit visit = owner()) {
            visit.open("/dashboard/organization/secrets").look("secrets");
            for (String button : List.of("Add source", "New app", "Notifications", "Set KEY in Source 1")) {
                dialog(visit, button, "dialog-secrets-");
            }
            visit.openDialog("Versions of KEY in Source 1");
            visit.look("dialog-versions");
            visit.open("/dashboard/apps/default/secrets").look("app-secrets");
            visit.sees("collision");
            visit.sees("missing");
            visit.hadNoErrors();
        }
    }

    private static void dialog(Visit visit, String button, String prefix) {
        visit.openDialog(button);
        String name = button.toLowerCase(Locale.ROOT).replace(' ', '-');
        visit.look(prefix + name);
        if (button.equals("Register server")) {
            visit.picture("register", Visit.DESKTOP, ColorScheme.LIGHT, false);
        }
        visit.button("Cancel").click();
        visit.dialogIsGone();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void showsEachRoleWhatItMayDo(Role role) {
        try (Visit visit = Visit.of(leash, house.person(role))) {
            visit.open("/dashboard/organization").sees("made by Leash");
            visit.isAccessible("organization as " + role);
            boolean builds = role == Role.OWNER || role == Role.BUILDER;
            assertThat(visit.button("Register server").count()).isEqualTo(builds ? 1 : 0);
            for (String ofOwners : List.of("New key", "Invite", "Change plan", "Rotate key", "Use another key",
                    "Shred")) {
                assertThat(visit.button(ofOwners).count()).as(ofOwners).isEqualTo(role == Role.OWNER ? 1 : 0);
            }
            visit.open("/dashboard/organization/servers/intercom").isAccessible("server as " + role);
            assertThat(visit.button("Rotate bearer").count()).isEqualTo(builds ? 1 : 0);
            visit.sees("The server was changed by");
            visit.open("/dashboard/organization/secrets").isAccessible("secrets as " + role);
            assertThat(visit.button("Add source").count()).isEqualTo(builds ? 1 : 0);
            visit.open("/dashboard/apps/default/secrets").isAccessible("app secrets as " + role);
            assertThat(visit.button("Deny External").count()).isEqualTo(builds ? 1 : 0);
            visit.hadNoErrors();
        }
    }

    @Test
    void belowGrowthShowsWhatThePlanWouldGive() {
        House small = new House(leash, leash.founds(Plan.STARTER));
        try (Visit visit = Visit.of(leash, small.person(Role.OWNER))) {
            visit.open("/dashboard/organization").look("below-growth");
            visit.sees("Hand your own MCP servers to every app");
            assertThat(visit.button("Register server").count()).isZero();
            visit.openDialog("Choose a plan");
            visit.dialog().getByText("growth", new Locator.GetByTextOptions().setExact(true)).click();
            visit.dialog().locator("button.primary").click();
            visit.sees("No server is registered yet");
            visit.hadNoErrors();
        }
    }

    private static Visit owner() {
        return Visit.of(leash, house.person(Role.OWNER));
    }
}
