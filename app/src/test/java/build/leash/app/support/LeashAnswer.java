package build.leash.app.support;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What came back. */
public record LeashAnswer(int status, HttpHeaders headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** The body's member of this name as text; null if it has none. */
    public @Nullable String member(String name) {
        JsonNode member = json().get(name);
        return member == null || member.isNull() ? null : member.asString();
    }

    /** The problem's code; null if the answer is no problem. */
    public @Nullable String code() {
        return contentType().equals("application/problem+json") ? member("code") : null;
    }

    /** Status and code in one, for example {@code 402 upgrade_required}; the status alone if it is no problem. */
    public String outcome() {
        String code = code();
        return code == null ? Integer.toString(status) : status + " " + code;
    }

    /** The rules that the request broke: each field with what is told about it. */
    public Map<String, List<String>> violations() {
        return json().path("errors").valueStream().collect(Collectors.groupingBy(
                error -> error.get("field").asString(),
                Collectors.mapping(error -> error.get("message").asString(), Collectors.toList())));
    }

    /** The names of a JSON object's members, in their order. */
    public static List<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    /** The body without what is different each time, to be compared with another one. */
    public JsonNode jsonWithoutRequestId() {
        ObjectNode object = (ObjectNode) json();
        object.remove("requestId");
        return object;
    }

    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    public String contentType() {
        return headers.firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }

    @Override
    public String toString() {
        return "LeashAnswer[" + status + ", " + body.length + " bytes]";
    }
}
