package build.leash.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to another organization is answered exactly as what does not exist. */
class TenantsTest {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final String KEYS = "/api/organization/api-keys";
    private static final String FETCH = "/api/integrations/mcp-config/";

    private final RunningLeash leash = RunningLeash.shared();
    private final LeashClient client = leash.client();
    private final TestOrganization acme = leash.founds();
    private final TestOrganization others = leash.founds();

    @BeforeEach
    void othersHaveServers() {
        others.registerAll(List.of("bravo", "charlie", "delta"));
        acme.registerAll(List.of("alpha", "zulu"));
    }

    @Test
    void serversOfOthersAreUnknown() {
        String etag = others.fetch("charlie").header("ETag");

        sameForForeignAndMissing(slug -> client.get(FETCH + slug).key(acme.appKey()));
        sameForForeignAndMissing(slug -> client.get(FETCH + slug).key(acme.appKey()).header("If-None-Match", etag));
        sameForForeignAndMissing(slug -> client.get(FETCH + slug).key(acme.appKeyFor("alpha")));
        sameForForeignAndMissing(slug -> client.get(FETCH + slug).key(acme.appKeyFor("charlie", "missing")));
        sameForForeignAndMissing(slug -> client.get(SERVERS + "/" + slug).key(acme.adminKey()));
        sameForForeignAndMissing(slug -> client.patch(SERVERS + "/" + slug, "{}").key(acme.adminKey()));
        sameForForeignAndMissing(slug -> client.patch(SERVERS + "/" + slug, "{}").key(acme.adminKey())
                .header("If-Match", etag));
        sameForForeignAndMissing(slug -> client.post(SERVERS + "/" + slug + "/rotate", "{\"token\": \"x\"}")
                .key(acme.adminKey()));
        sameForForeignAndMissing(slug -> client.delete(SERVERS + "/" + slug).key(acme.adminKey()));
        sameForForeignAndMissing(slug -> client.delete(SERVERS + "/" + slug).key(acme.adminKey())
                .header("If-Match", etag));

        assertThat(others.fetch("charlie").header("ETag")).isEqualTo(etag);
    }

    private static void sameForForeignAndMissing(Function<String, LeashClient.Call> call) {
        LeashAnswer foreign = call.apply("charlie").send();
        LeashAnswer missing = call.apply("missing").send();

        assertThat(foreign.status()).isIn(403, 404);
        assertThat(foreign.status()).isEqualTo(missing.status());
        assertThat(foreign.jsonWithoutRequestId().toString().replace("charlie", "missing"))
                .isEqualTo(missing.jsonWithoutRequestId().toString());
        assertThat(foreign.headers().map().keySet()).isEqualTo(missing.headers().map().keySet());
    }

    @Test
    void keysOfOthersAreUnknown() {
        for (String id : List.of(others.appKeyId(), others.adminKeyId())) {
            String missing = UUID.randomUUID().toString();
            LeashAnswer foreign = client.delete(KEYS + "/" + id).key(acme.adminKey()).send();
            LeashAnswer none = client.delete(KEYS + "/" + missing).key(acme.adminKey()).send();

            assertThat(foreign.outcome()).isEqualTo("404 unknown_api_key");
            assertThat(foreign.jsonWithoutRequestId().toString().replace(id, missing))
                    .isEqualTo(none.jsonWithoutRequestId().toString());
        }
        assertThat(others.fetch("charlie").status()).isEqualTo(200);
    }

    @Test
    void appsSourcesAndValuesOfOthersAreUnknown() {
        String sources = "/api/organization/secret-sources";
        String theirs = client.post(sources, "{\"name\": \"Theirs\", \"kind\": \"native\"}").key(others.adminKey())
                .send().member("id");
        client.put(sources + "/" + theirs + "/values/KEY", "{\"value\": \"theirs\"}").key(others.adminKey()).send();
        client.post("/api/organization/apps", "{\"name\": \"charlie\"}").key(others.adminKey()).send();
        String missing = UUID.randomUUID().toString();
        for (Function<String, LeashClient.Call> call : List.<Function<String, LeashClient.Call>>of(
                id -> client.get(sources + "/" + id), id -> client.patch(sources + "/" + id, "{\"apps\": []}"),
                id -> client.delete(sources + "/" + id), id -> client.call("POST", sources + "/" + id + "/sync"),
                id -> client.get(sources + "/" + id + "/values"),
                id -> client.put(sources + "/" + id + "/values/KEY", "{\"value\": \"mine\"}"),
                id -> client.delete(sources + "/" + id + "/values/KEY"),
                id -> client.get(sources + "/" + id + "/values/KEY/versions"),
                id -> client.post(sources + "/" + id + "/values/KEY/roll-back", "{\"version\": 1}"))) {
            LeashAnswer foreign = call.apply(theirs).key(acme.adminKey()).send();
            LeashAnswer none = call.apply(missing).key(acme.adminKey()).send();
            assertThat(foreign.outcome()).isEqualTo("404 unknown_source");
            assertThat(foreign.jsonWithoutRequestId().toString().replace(theirs, missing))
                    .isEqualTo(none.jsonWithoutRequestId().toString());
        }
        sameForForeignAndMissing(app -> client.get("/api/organization/apps/" + app).key(acme.adminKey()));
        sameForForeignAndMissing(app -> client.delete("/api/organization/apps/" + app).key(acme.adminKey()));
        sameForForeignAndMissing(app -> client.post("/api/apps/" + app + "/secrets/sync", "{\"keys\": []}")
                .key(acme.adminKey()));
        client.post("/api/apps/me/secrets/sync", "{\"keys\": [\"KEY\"]}").key(acme.appKey()).send();
        assertThat(client.get("/api/apps/me/secrets/KEY").key(acme.appKey()).send().outcome())
                .isEqualTo("404 key_not_found");
        assertThat(client.get(sources).key(acme.adminKey()).send().json().get("items")).isEmpty();
    }

    @Test
    void cursorsOfOthersShowOnlyOnesOwn() {
        String theirs = client.get(SERVERS + "?limit=1").key(others.adminKey()).send().member("next");
        String theirKey = client.get(KEYS + "?limit=1").key(others.adminKey()).send().member("next");

        LeashAnswer servers = client.get(SERVERS + "?after=" + theirs).key(acme.adminKey()).send();
        LeashAnswer likeMissing = client.get(SERVERS + "?after=bravp").key(acme.adminKey()).send();
        LeashAnswer keys = client.get(KEYS + "?after=" + theirKey).key(acme.adminKey()).send();

        assertThat(theirs).isEqualTo("bravo");
        assertThat(servers.json()).isEqualTo(likeMissing.json());
        assertThat(servers.json().at("/items").valueStream().map(item -> item.get("slug").stringValue()))
                .containsExactly("zulu");
        assertThat(keys.text()).doesNotContain(others.adminKeyId(), others.appKeyId());
    }

    @Test
    void listsAndPlansAreOnesOwn() {
        assertThat(client.get(SERVERS).key(acme.adminKey()).send().text()).doesNotContain("bravo", "charlie", "delta");
        assertThat(client.get(KEYS).key(acme.adminKey()).send().json().get("items")).hasSize(2);

        client.put("/api/organization/plan", "{\"plan\": \"starter\"}").key(acme.adminKey()).send();

        assertThat(others.fetch("bravo").status()).isEqualTo(200);
    }

    @Test
    void slugOfOthersCanBeTaken() {
        assertThat(acme.register("charlie", "mine").status()).isEqualTo(201);
        assertThat(others.fetch("charlie").json().at("/data/headers").isEmpty()).isTrue();
        client.delete(SERVERS + "/charlie").key(acme.adminKey()).send();
        assertThat(others.fetch("charlie").status()).isEqualTo(200);
    }
}
