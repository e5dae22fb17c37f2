package build.leash.app.web.env;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AppsAndSourcesTest {

    private final RunningLeash leash = RunningLeash.shared();
    private final LeashClient client = leash.client();
    private final TestOrganization acme = leash.founds();
    private final Env env = new Env(leash, acme);

    @Test
    void everyOrganizationHasTheDefaultApp() {
        LeashAnswer list = client.get(Env.APPS).key(acme.adminKey()).send();

        assertThat(list.json().at("/items").findValuesAsString("name")).containsExactly("default");
        assertThat(client.get(Env.APPS + "/default").key(acme.adminKey()).send().json().get("keys")).isEmpty();
        assertThat(client.get(Env.APPS + "/other").key(acme.adminKey()).send().outcome()).isEqualTo("404 unknown_app");
    }

    @Test
    void manifestTellsWhatItChanged() {
        String source = env.nativeSource("Production", "default");
        Env.done(env.set(source, "A", "1"), 200);

        assertThat(env.declare("B", "A", "B").text()).isEqualTo("{\"app\":\"default\",\"keys\":[\"A\",\"B\"],"
                + "\"added\":[\"A\",\"B\"],\"removed\":[],\"missing\":[\"B\"]}");
        LeashAnswer again = env.declare("C", "A");
        assertThat(again.json().get("added").toString()).isEqualTo("[\"C\"]");
        assertThat(again.json().get("removed").toString()).isEqualTo("[\"B\"]");
        LeashAnswer app = client.get(Env.APPS + "/default").key(acme.adminKey()).send();
        assertThat(app.json().get("keys").toString()).isEqualTo("[\"A\",\"C\"]");
        assertThat(app.member("syncedBy")).isEqualTo("api-key:" + acme.appKeyId());
    }

    @Test
    void keysBelongToTheirApp() {
        env.app("web-shop");
        String shop = env.keyOf("web-shop");
        String shared = env.nativeSource("Shared", "default", "web-shop");
        String own = env.nativeSource("Shop", "web-shop");
        Env.done(env.set(shared, "A", "shared"), 200);
        Env.done(env.set(own, "B", "own"), 200);
        env.declare("A", "B");
        assertThat(sync(shop, "me", "[\"A\", \"B\"]").member("app")).isEqualTo("web-shop");

        assertThat(env.read(shop, "B").member("value")).isEqualTo("own");
        assertThat(env.read(shop, "A").member("value")).isEqualTo("shared");
        assertThat(env.read("A").member("value")).isEqualTo("shared");
        assertThat(env.read("B").outcome()).isEqualTo("404 key_not_found");
        assertThat(env.all(acme.appKey()).json().get("data").toString()).isEqualTo("{\"A\":\"shared\"}");
    }

    @Test
    void allowListCountsForTheVeryNextRead() {
        String source = env.nativeSource("Production", "default");
        Env.done(env.set(source, "A", "1"), 200);
        env.declare("A");
        assertThat(env.read("A").status()).isEqualTo(200);

        LeashAnswer closed = client.patch(Env.SOURCES + "/" + source, "{\"apps\": []}").key(acme.adminKey()).send();
        assertThat(closed.json().get("version").asInt()).isEqualTo(2);
        assertThat(env.read("A").outcome()).isEqualTo("404 key_not_found");
        client.patch(Env.SOURCES + "/" + source, "{\"apps\": [\"default\"]}").key(acme.adminKey()).send();
        assertThat(env.read("A").status()).isEqualTo(200);
        assertThat(client.delete(Env.SOURCES + "/" + source).key(acme.adminKey()).send().status()).isEqualTo(204);
        assertThat(env.read("A").outcome()).isEqualTo("404 key_not_found");
    }

    @Test
    void mostRecentlyChangedOfTwoSourcesWins() {
        String first = env.nativeSource("First", "default");
        String second = env.nativeSource("Second", "default");
        env.declare("A");
        Env.done(env.set(first, "A", "1"), 200);
        Env.done(env.set(second, "A", "2"), 200);
        assertThat(env.read("A").member("value")).isEqualTo("2");
        Env.done(env.set(first, "A", "3"), 200);
        assertThat(env.read("A").member("value")).isEqualTo("3");
        client.delete(Env.SOURCES + "/" + first + "/values/A").key(acme.adminKey()).send();
        assertThat(env.read("A").member("value")).isEqualTo("2");
    }

    @Test
    void rollBackBringsAnEarlierValueBack() {
        String source = env.nativeSource("Production", "default");
        env.declare("A");
        for (int i = 1; i <= 12; i++) {
            Env.done(env.set(source, "A", "value-" + i), 200);
        }
        String value = Env.SOURCES + "/" + source + "/values/A";
        LeashAnswer back = client.post(value + "/roll-back", "{\"version\": 5}").key(acme.adminKey()).send();

        assertThat(back.json().get("version").asInt()).isEqualTo(13);
        assertThat(env.read("A").member("value")).isEqualTo("value-5");
        LeashAnswer versions = client.get(value + "/versions").key(acme.adminKey()).send();
        assertThat(versions.json().at("/items")).hasSize(10);
        assertThat(versions.json().at("/items/0/restoredFrom").asInt()).isEqualTo(5);
        assertThat(client.post(value + "/roll-back", "{\"version\": 2}").key(acme.adminKey()).send().outcome())
                .isEqualTo("404 unknown_version");
        assertThat(client.post(value + "/roll-back", "{\"version\": 0}").key(acme.adminKey()).send().violations())
                .containsOnlyKeys("version");
        assertThat(client.post(Env.SOURCES + "/" + source + "/values/B/roll-back", "{\"version\": 1}")
                .key(acme.adminKey()).send().outcome()).isEqualTo("404 key_not_found");
    }

    @Test
    void valuesAreListedWithoutThemselves() {
        String source = env.nativeSource("Production", "default");
        Env.done(env.set(source, "A", "never-shown"), 200);
        LeashAnswer list = client.get(Env.SOURCES + "/" + source + "/values").key(acme.adminKey()).send();

        assertThat(list.json().at("/items/0/key").asString()).isEqualTo("A");
        assertThat(list.json().at("/items/0/version").asInt()).isEqualTo(1);
        assertThat(list.json().at("/items/0/changedBy").asString()).isEqualTo("api-key:" + acme.adminKeyId());
        assertThat(list.text()).doesNotContain("never-shown");
    }

    @Test
    void namesAreTakenOnce() {
        env.nativeSource("Production", "default");
        env.app("web-shop");

        assertThat(env.add("{\"name\": \"Production\", \"kind\": \"native\"}").outcome())
                .isEqualTo("409 source_taken");
        assertThat(client.post(Env.APPS, "{\"name\": \"web-shop\"}").key(acme.adminKey()).send().outcome())
                .isEqualTo("409 app_taken");
        assertThat(client.delete(Env.APPS + "/web-shop").key(acme.adminKey()).send().status()).isEqualTo(204);
        env.app("web-shop");
        assertThat(client.post(Env.APPS, "{\"name\": \"me\"}").key(acme.adminKey()).send().violations())
                .containsOnlyKeys("name");
    }

    @Test
    void whatIsNotThereIsUnknown() {
        String source = env.nativeSource("Production", "default");
        String missing = Env.SOURCES + "/" + UUID.randomUUID();

        assertThat(client.get(missing).key(acme.adminKey()).send().outcome()).isEqualTo("404 unknown_source");
        assertThat(client.get(Env.SOURCES + "/x").key(acme.adminKey()).send().outcome())
                .isEqualTo("404 unknown_source");
        assertThat(client.get(Env.SOURCES + "/" + source + "/values/A/versions").key(acme.adminKey()).send().outcome())
                .isEqualTo("404 key_not_found");
        assertThat(env.add("{\"name\": \"x\", \"kind\": \"native\", \"apps\": [\"nobody\"]}").outcome())
                .isEqualTo("404 unknown_app");
        assertThat(sync(acme.adminKey(), "nobody", "[]").outcome()).isEqualTo("404 unknown_app");
        assertThat(sync(acme.adminKey(), "me", "[]").outcome()).isEqualTo("404 unknown_app");
        assertThat(sync(acme.appKey(), "nobody", "[]").outcome()).isEqualTo("403 not_allowed");
        assertThat(client.post("/api/organization/api-keys", "{\"name\": \"k\", \"app\": \"nobody\"}")
                .key(acme.adminKey()).send().outcome()).isEqualTo("404 unknown_app");
    }

    @Test
    void ruleBreakersAreToldAllAtOnce() {
        assertThat(sync(acme.appKey(), "me", "[\"A-B\"]").violations()).containsOnlyKeys("keys");
        assertThat(sync(acme.appKey(), "me", "7").violations()).containsOnlyKeys("keys");
        assertThat(env.add("{\"name\": \"\", \"kind\": \"vault\", \"staleSeconds\": -1, \"apps\": [\"A\"]}")
                .violations()).containsOnlyKeys("name", "kind", "staleSeconds", "apps");
    }

    @Test
    void rolesAndPlansCount() {
        String source = env.nativeSource("Production", "default");
        String viewer = acme.managementKey(Role.VIEWER);
        String path = Env.SOURCES + "/" + source + "/values/A";

        assertThat(client.put(path, "{\"value\": \"x\"}").key(viewer).send().outcome()).isEqualTo("403 forbidden");
        assertThat(client.put(path, "{\"value\": \"x\"}").key(acme.managementKey(Role.BUILDER)).send().status())
                .isEqualTo(200);
        assertThat(sync(viewer, "default", "[]").outcome()).isEqualTo("403 forbidden");
        acme.plan(Plan.STARTER);
        assertThat(env.set(source, "A", "x").outcome()).isEqualTo("402 upgrade_required");
        assertThat(sync(acme.appKey(), "me", "[]").outcome()).isEqualTo("402 upgrade_required");
        assertThat(client.delete(path).key(acme.adminKey()).send().status()).isEqualTo(204);
        assertThat(client.delete(Env.SOURCES + "/" + source).key(acme.adminKey()).send().status()).isEqualTo(204);
    }

    private LeashAnswer sync(String key, String app, String keys) {
        return client.post("/api/apps/" + app + "/secrets/sync", "{\"keys\": " + keys + "}").key(key).send();
    }
}
