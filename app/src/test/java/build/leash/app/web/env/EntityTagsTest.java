package build.leash.app.web.env;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two people change one source, or one value: with {@code If-Match}, the slower one learns of it. */
class EntityTagsTest {

    private final RunningLeash leash = RunningLeash.shared();
    private final LeashClient client = leash.client();
    private final TestOrganization acme = leash.founds();
    private final Env env = new Env(leash, acme);
    private final String source = env.nativeSource("Production", "default");
    private final String path = Env.SOURCES + "/" + source;
    private final String value = path + "/values/A";

    @Test
    void aSourceChangesOnlyAsItWasSeen() {
        String first = client.get(path).key(acme.adminKey()).send().header("ETag");
        assertThat(first).isEqualTo("\"" + source + ".1\"");

        LeashAnswer faster = send("PATCH", path, "{\"name\": \"Faster\"}", first);
        assertThat(faster.header("ETag")).isEqualTo("\"" + source + ".2\"");
        assertThat(send("PATCH", path, "{\"name\": \"Slower\"}", first).outcome()).isEqualTo("412 version_conflict");
        assertThat(send("DELETE", path, "", first).outcome()).isEqualTo("412 version_conflict");
        assertThat(client.get(path).key(acme.adminKey()).send().member("name")).isEqualTo("Faster");
        assertThat(send("PATCH", path, "{\"name\": \"Whatever it is\"}", "*").status()).isEqualTo(200);
        assertThat(send("DELETE", path, "", "\"" + source + ".3\"").status()).isEqualTo(204);
    }

    @Test
    void aValueChangesOnlyAsItWasSeen() {
        String first = env.set(source, "A", "1").header("ETag");
        assertThat(first).isEqualTo("\"" + source + ".A.1\"");
        assertThat(client.get(value + "/versions").key(acme.adminKey()).send().header("ETag")).isEqualTo(first);

        String second = send("PUT", value, "{\"value\": \"faster\"}", first).header("ETag");
        for (LeashAnswer slower : List.of(send("PUT", value, "{\"value\": \"slower\"}", first),
                send("POST", value + "/roll-back", "{\"version\": 1}", first), send("DELETE", value, "", first))) {
            assertThat(slower.outcome()).isEqualTo("412 version_conflict");
        }
        env.declare("A");
        assertThat(env.read("A").member("value")).isEqualTo("faster");
        String third = send("POST", value + "/roll-back", "{\"version\": 1}", second).header("ETag");
        assertThat(third).isEqualTo("\"" + source + ".A.3\"");
        assertThat(send("DELETE", value, "", third).status()).isEqualTo(204);
        assertThat(send("PUT", value, "{\"value\": \"slower\"}", third).outcome()).isEqualTo("412 version_conflict");
        assertThat(send("PUT", value, "{\"value\": \"new\"}", "*").header("ETag")).endsWith(".A.5\"");
    }

    @Test
    void aValueThatWasNeverThereIsNotAsItWasSeen() {
        assertThat(send("PUT", value, "{\"value\": \"x\"}", "\"" + source + ".A.1\"").outcome())
                .isEqualTo("412 version_conflict");
    }

    @Test
    void whatIsNoTagOfOursIsRefused() {
        Env.done(env.set(source, "A", "1"), 200);

        for (String form : List.of("%s.1", "W/\"%s.1\"", "\"%s.0\"", "\"%s.-1\"", "\"%s.1\", \"%s.2\"", "\"%s\"",
                "\"\"",
                "\"%s.9999999999999999999\"")) {
            assertThat(send("PATCH", path, "{\"name\": \"x\"}", form.replace("%s", source)).violations()).as(form)
                    .containsOnlyKeys("If-Match");
            assertThat(send("PUT", value, "{\"value\": \"x\"}", form.replace("%s", source + ".A")).violations())
                    .as(form).containsOnlyKeys("If-Match");
        }
    }

    @Test
    void aTagOfSomethingElseIsRefused() {
        Env.done(env.set(source, "A", "1"), 200);

        assertThat(send("PATCH", path, "{\"name\": \"x\"}", "\"" + UUID.randomUUID() + ".1\"").violations())
                .containsOnlyKeys("If-Match");
        assertThat(send("DELETE", value, "", "\"" + source + ".B.1\"").violations()).containsOnlyKeys("If-Match");
        assertThat(send("PATCH", path, "{\"name\": \"x\"}", "\"" + source + ".A.1\"").violations())
                .containsOnlyKeys("If-Match");
    }

    private LeashAnswer send(String method, String target, String json, String ifMatch) {
        LeashClient.Call call = client.call(method, target);
        return (json.isEmpty() ? call : call.json(json)).key(acme.adminKey()).header("If-Match", ifMatch).send();
    }
}
