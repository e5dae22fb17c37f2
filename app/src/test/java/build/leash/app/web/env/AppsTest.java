package build.leash.app.web.env;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import org.junit.jupiter.api.Test;

/** What becomes of an app after its registration. */
class AppsTest {

    private static final String SHOP = Env.APPS + "/web-shop";

    private final RunningLeash leash = RunningLeash.shared();
    private final LeashClient client = leash.client();
    private final TestOrganization acme = leash.founds();
    private final Env env = new Env(leash, acme);

    @Test
    void isShownUnderAnotherName() {
        env.app("web-shop");

        assertThat(rename(SHOP, acme.adminKey(), "Shop").member("displayName")).isEqualTo("Shop");
        assertThat(client.get(SHOP).key(acme.adminKey()).send().member("displayName")).isEqualTo("Shop");
        assertThat(client.patch(SHOP, "{\"displayName\": \"\"}").key(acme.adminKey()).send().violations())
                .containsOnlyKeys("displayName");
        assertThat(rename(Env.APPS + "/nobody", acme.adminKey(), "x").outcome()).isEqualTo("404 unknown_app");
        assertThat(rename(SHOP, acme.managementKey(Role.VIEWER), "x").outcome()).isEqualTo("403 forbidden");
        acme.plan(Plan.STARTER);
        assertThat(rename(SHOP, acme.adminKey(), "x").outcome()).isEqualTo("402 upgrade_required");
    }

    @Test
    void theDefaultAppIsShownUnderAnotherNameThoughNobodyRegisteredIt() {
        assertThat(rename(Env.APPS + "/default", acme.adminKey(), "Everything").member("displayName"))
                .isEqualTo("Everything");
        env.declare("A");
        assertThat(client.get(Env.APPS + "/default").key(acme.adminKey()).send().member("displayName"))
                .isEqualTo("Everything");
    }

    @Test
    void whoGetsTheNameOfARemovedAppInheritsNothing() {
        env.app("web-shop");
        String key = env.keyOf("web-shop");
        String source = env.nativeSource("Production", "default", "web-shop");
        Env.done(env.set(source, "A", "1"), 200);
        declare(key);
        assertThat(env.read(key, "A").status()).isEqualTo(200);

        assertThat(client.delete(SHOP).key(acme.adminKey()).send().status()).isEqualTo(204);
        assertThat(env.read(key, "A").outcome()).isEqualTo("404 key_not_declared");
        assertThat(client.post("/api/apps/me/secrets/sync", "{\"keys\": [\"A\"]}").key(key).send().outcome())
                .as("nor does its own key bring it back").isEqualTo("404 unknown_app");
        LeashAnswer shown = client.get(Env.SOURCES + "/" + source).key(acme.adminKey()).send();
        assertThat(shown.json().get("apps").toString()).isEqualTo("[\"default\"]");
        assertThat(shown.json().get("version").asInt()).isEqualTo(2);

        env.app("web-shop");
        declare(key);
        assertThat(env.read(key, "A").outcome()).isEqualTo("404 key_not_found");
    }

    @Test
    void sourcesOfARemovedAppCanStillBeChanged() {
        env.app("web-shop");
        String source = env.nativeSource("Production", "web-shop");
        client.delete(SHOP).key(acme.adminKey()).send();

        LeashAnswer changed = client.patch(Env.SOURCES + "/" + source, "{\"name\": \"New\"}").key(acme.adminKey())
                .send();
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("apps")).isEmpty();
    }

    private LeashAnswer rename(String path, String key, String name) {
        return client.patch(path, "{\"displayName\": \"" + name + "\"}").key(key).send();
    }

    private void declare(String key) {
        Env.done(client.post("/api/apps/me/secrets/sync", "{\"keys\": [\"A\"]}").key(key).send(), 200);
    }
}
