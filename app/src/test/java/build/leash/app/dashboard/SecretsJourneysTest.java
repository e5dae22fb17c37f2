package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.app.web.env.SourceWorld;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What people do about secrets in a browser, and what an app reads then. */
@Timeout(120)
@ResourceLock(SourceWorld.LOCK)
class SecretsJourneysTest {

    private static final String SECRETS = "/dashboard/organization/secrets";

    private static SourceWorld world;
    private static RunningLeash leash;
    private static TestOrganization acme;
    private static House house;

    @BeforeAll
    static void start() {
        Chromium.shared();
        world = SourceWorld.shared();
        leash = world.leash();
        acme = leash.founds();
        house = new House(leash, acme);
    }

    @Test
    void typesAValueRotatesItAndRollsItBack() {
        try (Visit builder = visit()) {
            String key = app(builder, "typed");
            declare(key, "TYPED_URL");
            builder.open("/dashboard/apps/typed/secrets").sees("missing");

            builder.open(SECRETS).openDialog("Add source");
            builder.dialog().getByLabel("Name").fill("Production");
            builder.dialog().getByLabel("Apps that may read it").fill("default, typed");
            builder.button("Add").click();
            builder.dialogIsGone();
            choose(builder, "Actions for Production", "Set a value…");
            builder.dialog().getByLabel("Key").fill("TYPED-URL");
            builder.dialog().getByLabel("Value").fill("postgres://first");
            builder.button("Set value").click();
            builder.dialog().getByRole(AriaRole.ALERT).waitFor();
            assertThat(builder.dialog().getByLabel("Value").inputValue()).as("a secret does not come back").isEmpty();
            set(builder, "postgres://first");
            assertThat(read(key, "TYPED_URL")).isEqualTo("postgres://first");

            builder.openDialog("Set TYPED_URL in Production");
            set(builder, "postgres://second");
            builder.sees("version 2");
            assertThat(read(key, "TYPED_URL")).isEqualTo("postgres://second");

            builder.openDialog("Versions of TYPED_URL in Production");
            builder.button("Roll back to version 1").click();
            builder.dialogIsGone();
            builder.sees("version 3");
            assertThat(read(key, "TYPED_URL")).isEqualTo("postgres://first");
            assertThat(builder.page().content()).doesNotContain("postgres://");

            builder.openDialog("Versions of TYPED_URL in Production");
            builder.button("Remove value").click();
            builder.dialogIsGone();
            assertThat(outcome(key, "TYPED_URL")).isEqualTo("404 key_not_found");
            builder.hadNoErrors();
        }
    }

    @Test
    void seesAnExternalSourceCollideFailAndComeBack() {
        try (Visit builder = visit()) {
            String key = app(builder, "shop");
            declare(key, "SHARED_KEY");
            String typed = nativeSource("Typed", "shop");
            leash.client().put("/api/organization/secret-sources/" + typed + "/values/SHARED_KEY",
                    "{\"value\": \"typed\"}").key(acme.adminKey()).send();
            world.holds(Map.of("SHARED_KEY", "external"));

            builder.open(SECRETS).openDialog("Add source");
            builder.dialog().getByLabel("Name").fill("Ours");
            builder.dialog().getByText("A server of ours").click();
            builder.dialog().locator("#source-webhook-url").fill(world.webhookUrl());
            builder.dialog().getByLabel("Apps that may read it").fill("");
            builder.dialog().getByLabel("Credential").fill("too short");
            builder.button("Add").click();
            builder.dialog().getByRole(AriaRole.ALERT).waitFor();
            builder.isAccessible("refused source");
            builder.dialog().getByLabel("Credential").fill(world.signingSecret());
            builder.button("Add").click();
            builder.dialogIsGone();
            builder.sees("read by no app");
            assertThat(read(key, "SHARED_KEY")).isEqualTo("typed");

            builder.open("/dashboard/apps/shop/secrets").button("Allow Ours").click();
            builder.button("Deny Ours").waitFor();
            builder.open(SECRETS);
            choose(builder, "Actions for Ours", "Sync now");
            builder.sees("collision: wins");
            builder.sees("collision: overridden");
            assertThat(read(key, "SHARED_KEY")).isEqualTo("external");
            builder.open("/dashboard/apps/shop/secrets").sees("which changed earlier");

            world.answersWith(503);
            builder.open(SECRETS);
            choose(builder, "Actions for Ours", "Sync now");
            builder.sees("Gives no answer since");
            assertThat(outcome(key, "SHARED_KEY")).isEqualTo("502 source_unreachable");
            world.answersWith(0);
            choose(builder, "Actions for Ours", "Sync now");
            builder.page().getByText("failing").first()
                    .waitFor(new Locator.WaitForOptions().setState(
                            WaitForSelectorState.DETACHED));

            builder.open("/dashboard/apps/shop/secrets").button("Deny Ours").click();
            builder.button("Allow Ours").waitFor();
            assertThat(read(key, "SHARED_KEY")).isEqualTo("typed");
            builder.hadNoErrors();
        }
    }

    @Test
    void editsWhatSomebodyElseEditsAndRemovesIt() {
        try (Visit builder = visit()) {
            String key = app(builder, "old-shop");
            String source = nativeSource("Shared", "old-shop");

            builder.open(SECRETS);
            choose(builder, "Actions for the app old-shop", "Edit…");
            builder.dialog().getByLabel("Display name").fill("Shop of old");
            builder.button("Save").click();
            builder.dialogIsGone();
            builder.sees("Shop of old ·");

            choose(builder, "Actions for Shared", "Edit…");
            leash.client().patch("/api/organization/secret-sources/" + source, "{\"name\": \"Shared by many\"}")
                    .key(acme.adminKey()).send();
            builder.dialog().getByLabel("Name").fill("Shared by few");
            builder.button("Save").click();
            builder.sees("Somebody was faster");
            builder.button("Cancel").click();
            builder.dialogIsGone();

            choose(builder, "Actions for the app old-shop", "Remove…");
            builder.isAccessible("remove app").button("Remove app").click();
            builder.dialogIsGone();
            builder.page().waitForCondition(() -> builder.page().getByText("Shop of old ·").count() == 0);
            assertThat(outcome(key, "ANY")).isEqualTo("404 key_not_declared");
            assertThat(leash.client().get("/api/organization/secret-sources/" + source).key(acme.adminKey()).send()
                    .json().get("apps")).isEmpty();

            choose(builder, "Actions for Shared by many", "Remove…");
            builder.button("Remove source").click();
            builder.dialogIsGone();
            builder.page().waitForCondition(() -> builder.page().getByText("Shared by many").count() == 0);
            builder.hadNoErrors();
        }
    }

    private static Visit visit() {
        return Visit.of(leash, house.person(Role.BUILDER));
    }

    /** Registers an app in the browser, and answers an API key of it. */
    private static String app(Visit visit, String name) {
        visit.open(SECRETS).openDialog("New app");
        visit.dialog().getByLabel("Name").fill(name);
        visit.button("Register app").click();
        visit.dialogIsGone();
        visit.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).waitFor();
        return leash.client().post("/api/organization/api-keys", "{\"name\": \"k\", \"app\": \"" + name + "\"}")
                .key(acme.adminKey()).send().member("value");
    }

    private static void declare(String key, String name) {
        leash.client().post("/api/apps/me/secrets/sync", "{\"keys\": [\"" + name + "\"]}").key(key).send();
    }

    private static String nativeSource(String name, String app) {
        return leash.client().post("/api/organization/secret-sources",
                "{\"name\": \"" + name + "\", \"kind\": \"native\", \"apps\": [\"" + app + "\"]}")
                .key(acme.adminKey()).send().member("id");
    }

    private static void set(Visit visit, String value) {
        visit.dialog().getByLabel("Key").fill("TYPED_URL");
        visit.dialog().getByLabel("Value").fill(value);
        visit.button("Set value").click();
        visit.dialogIsGone();
    }

    private static String read(String key, String name) {
        return get(key, name).member("value");
    }

    private static String outcome(String key, String name) {
        return get(key, name).outcome();
    }

    private static LeashAnswer get(String key, String name) {
        return leash.client().get("/api/apps/me/secrets/" + name).key(key).send();
    }

    private static void choose(Visit visit, String menu, String item) {
        Locator opener = visit.page().getByLabel(menu, new Page.GetByLabelOptions().setExact(true));
        opener.click();
        visit.page().locator("details.menu", new Page.LocatorOptions().setHas(opener)).getByText(item).click();
        if (!item.equals("Sync now")) {
            visit.dialog().waitFor();
        }
    }
}
