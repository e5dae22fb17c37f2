package build.leash.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An organization whose default app has env values from a native source. */
final class SdkFixture {

    private static final String SOURCES = "/api/organization/secret-sources";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RunningLeash leash;
    private final TestOrganization organization;
    private final String source;

    SdkFixture(RunningLeash leash, TestOrganization organization) {
        this.leash = leash;
        this.organization = organization;
        this.source = add(Map.of("name", "Typed in", "kind", "native", "apps", new String[]{"default"}));
    }

    /** Adds a source and answers its id. */
    String add(Map<String, Object> request) {
        LeashAnswer added = leash.client().post(SOURCES, JSON.writeValueAsString(request))
                .key(organization.adminKey()).send();
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.json().get("id").stringValue();
    }

    void value(String key, String value) {
        LeashAnswer set = leash.client().put(SOURCES + "/" + source + "/values/" + key,
                JSON.writeValueAsString(Map.of("value", value))).key(organization.adminKey()).send();
        assertThat(set.status()).isEqualTo(200);
    }

    /** Replaces the manifest. */
    void declare(String... keys) {
        LeashAnswer synced = leash.client()
                .post("/api/apps/me/secrets/sync", JSON.writeValueAsString(Map.of("keys", keys)))
                .key(organization.appKey()).send();
        assertThat(synced.status()).isEqualTo(200);
    }
}
