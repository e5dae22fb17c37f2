package build.leash.app.support;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's document as a check: every answer to a documented call has a documented status, the headers that go with
 * it, and a body that fits the schema; every other error is a problem document with a code of the closed set; and none
 * is an internal error.
 */
public final class ApiContract implements AnswerCheck {

    private static final String LOCATION = "https://leash.build/openapi.json";
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final ApiContract INSTANCE = new ApiContract();

    private final JsonNode document = read();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(),
            builder -> builder.schemas(Map.of(LOCATION, schemasOnly().toString())).schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private ApiContract() {}

    public static ApiContract instance() {
        return INSTANCE;
    }

    public JsonNode document() {
        return document;
    }

    /** Every documented call, for example {@code GET /api/organization/plan}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.get("paths").forEachEntry((path, item) -> item.propertyNames()
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    /** What is wrong with a value that is to fit one of the document's schemas; empty if nothing. */
    public List<String> violations(JsonNode value, String schemaReference) {
        return schemas.getSchema(SchemaLocation.of(LOCATION + schemaReference)).validate(value).stream()
                .map(Error::toString).toList();
    }

    @Override
    public void check(String method, String path, LeashAnswer answer) {
        String call = method + " " + path + " → " + answer.status();
        fails(answer.status() == 500 || answer.header("X-Request-Id") == null, call, answer);
        Optional<JsonNode> operation = operation(method, path);
        JsonNode response = operation.map(found -> found.path("responses").path(Integer.toString(answer.status())))
                .orElse(null);
        if (response != null && !response.isMissingNode()) {
            check(call, resolved(response), answer, method.equals("HEAD"));
        } else {
            boolean isSuccess = answer.status() < 400;
            boolean isUndocumented = isSuccess && (operation.isPresent() || path.startsWith("/api/"));
            fails(isUndocumented && !method.equals("OPTIONS"), call + " is not documented", answer);
            fails(!isSuccess && operation.isPresent(), call + " is not documented", answer);
            if (!isSuccess && !method.equals("HEAD")) {
                checkProblem(call, answer);
            }
        }
    }

    /** An error that no documented call gave. */
    public void checkProblem(String call, LeashAnswer answer) {
        fails(!answer.contentType().equals("application/problem+json"), call + " is no problem document", answer);
        List<String> violations = violations(answer.json(), PROBLEM);
        fails(!violations.isEmpty(), call + " " + violations, answer);
        fails(answer.json().get("status").asInt() != answer.status(), call + " tells another status", answer);
        fails(!Objects.equals(answer.member("requestId"), answer.header("X-Request-Id")), call, answer);
    }

    private void check(String call, JsonNode response, LeashAnswer answer, boolean isHead) {
        response.path("headers").propertyNames().forEach(
                name -> fails(answer.header(name) == null, call + " lacks the header " + name, answer));
        JsonNode content = response.path("content");
        if (content.isMissingNode() || isHead) {
            fails(answer.body().length > 0, call + " has a body", answer);
            return;
        }
        JsonNode media = content.path(answer.contentType());
        fails(media.isMissingNode(), call + " is of the type " + answer.contentType(), answer);
        if (answer.status() >= 400) {
            checkProblem(call, answer);
        }
        String schema = media.at("/schema/$ref").stringValue();
        List<String> violations = bodies(answer).map(body -> violations(body, schema)).flatMap(List::stream).toList();
        fails(!violations.isEmpty(), call + " " + violations, answer);
    }

    /** The body, or each line of it where each is a JSON text of its own. */
    private static Stream<JsonNode> bodies(LeashAnswer answer) {
        return answer.contentType().equals("application/jsonl")
                ? answer.text().lines().map(line -> JsonMapper.shared().readTree(line))
                : Stream.of(answer.json());
    }

    private Optional<JsonNode> operation(String method, String path) {
        String plainPath = path.replaceFirst("\\?.*", "");
        String documentedAs = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return document.get("paths").propertyStream().filter(item -> matches(item.getKey(), plainPath))
                .map(item -> item.getValue().get(documentedAs)).filter(Objects::nonNull).findFirst();
    }

    private static boolean matches(String template, String path) {
        return Pattern.matches(template.replaceAll("\\{[a-z]+}", "[^/]+"), path);
    }

    private JsonNode resolved(JsonNode response) {
        return response.has("$ref") ? document.at(response.get("$ref").stringValue().substring(1)) : response;
    }

    /** Without what is no JSON Schema and would be warned about. */
    private JsonNode schemasOnly() {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.putObject("components").set("schemas", document.at("/components/schemas"));
        return root;
    }

    private static void fails(boolean condition, String what, LeashAnswer answer) {
        if (condition) {
            throw new AssertionError(what + "\n" + answer.text());
        }
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(ApiContract.class.getResourceAsStream("/openapi.yaml"))) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return JsonMapper.builder().build().valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
