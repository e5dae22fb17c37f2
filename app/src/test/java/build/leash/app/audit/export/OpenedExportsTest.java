package build.leash.app.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exports in the hands of programs that others wrote. */
class OpenedExportsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLeash leash;
    private static TestOrganization organization;
    private static String auditor;

    @TempDir
    private Path folder;

    @BeforeAll
    static void recordSomething() {
        leash = RunningLeash.shared();
        organization = leash.founds();
        auditor = organization.managementKey(Role.AUDITOR);
        organization.register("intercom", "token");
        organization.register("linear", null);
    }

    @Test
    void jqReadsEveryLine() throws IOException {
        Jq.require();
        Path export = Files.writeString(folder.resolve("export.jsonl"), export("jsonl"));

        assertThat(Jq.run(export, "-r",
                "select(.kind == \"event\") | [.type, (.payload | fromjson | .slug // \"-\")] | join(\" \")").lines())
                .containsSubsequence("access.organization-founded -", "registry.mcp-server-registered intercom",
                        "registry.mcp-server-registered linear");
        assertThat(Jq.run(export, "-s", "-c", "[first.kind, last.kind, (map(select(.kind == \"event\")) | length)]"))
                .isEqualToIgnoringNewLines("[\"export\",\"end\"," + events().size() + "]");
    }

    @Test
    void jqReadsCloudEvents() throws IOException {
        Jq.require();
        Path export = Files.writeString(folder.resolve("export.jsonl"), export("cloudevents"));

        assertThat(Jq.run(export, "-r", "select(.data.slug == \"intercom\") | .data.bearer.version").strip())
                .isEqualTo("1");
    }

    @Test
    void theCloudEventsSdkReadsEveryLine() {
        var format = Objects.requireNonNull(
                EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
        List<CloudEvent> read = export("cloudevents").lines().map(line -> format.deserialize(line.getBytes())).toList();
        List<JsonNode> listed = events();

        assertThat(read).hasSameSizeAs(listed);
        for (int i = 0; i < read.size(); i++) {
            CloudEvent event = read.get(i);
            JsonNode expected = listed.get(listed.size() - 1 - i);
            assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
            assertThat(event.getId()).isEqualTo(expected.get("id").stringValue());
            assertThat(event.getType()).isEqualTo(expected.get("type").stringValue());
            assertThat(event.getSubject()).isEqualTo(expected.get("aggregate").stringValue());
            assertThat(Objects.requireNonNull(event.getTime()).toInstant())
                    .isEqualTo(expected.get("time").stringValue());
            assertThat(event.getSource()).hasScheme("https");
            assertThat(event.getExtension("organization")).isEqualTo(organization.id().toString());
            assertThat(event.getExtension("actor")).isEqualTo(expected.get("actor").stringValue());
            assertThat(JSON.readTree(Objects.requireNonNull(event.getData()).toBytes()))
                    .isEqualTo(expected.get("data"));
        }
    }

    private static String export(String format) {
        LeashAnswer answer = get("/export?format=" + format);
        assertThat(answer.outcome()).isEqualTo("200");
        return answer.text();
    }

    /** The latest first. */
    private static List<JsonNode> events() {
        return get("/events?limit=200").json().get("items").valueStream().toList();
    }

    private static LeashAnswer get(String path) {
        return leash.client().get("/api/organization/audit" + path).key(auditor).send();
    }
}
