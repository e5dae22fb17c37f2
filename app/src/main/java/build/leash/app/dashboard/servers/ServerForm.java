package build.leash.app.dashboard.servers;

import build.leash.app.dashboard.page.Form;
import build.leash.app.web.RequestFields;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.web.error.Violation;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.StaticHeader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server's form: what was typed, brought into the shape of the API's requests so that the same rules judge it, and
 * what to show again if they refuse it. Secrets are never shown again.
 */
public final class ServerForm {

    /** How a header's value is kept. */
    private static final String PLAIN = "plain";
    private static final String KEPT = "kept";
    private static final String REQUIRED = "This member is required.";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<HeaderRow> headers = new ArrayList<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final String token;

    /** A line of the table of headers. The value of a secret one is not printed. */
    public record HeaderRow(String name, String value, String kind) {

        /** What may be sent to the browser again. */
        public String shownValue() {
            return kind.equals(PLAIN) ? value : "";
        }

        @Override
        public String toString() {
            return "HeaderRow[" + name + ", " + kind + "]";
        }
    }

    private ServerForm(String token) {
        this.token = token;
    }

    static ServerForm empty() {
        ServerForm form = new ServerForm("");
        form.values.putAll(Map.of("slug", "", "displayName", "", "url", "", "transport", "streamable-http", "auth",
                "bearer", "version", ""));
        return form;
    }

    static ServerForm of(ServerRow server) {
        ServerForm form = new ServerForm("");
        form.values.putAll(Map.of("slug", server.slug(), "displayName", server.name(), "url", server.url(),
                "transport", server.transport(), "auth", server.auth(), "version", server.etag()));
        for (StaticHeader header : server.headers()) {
            String value = header.value();
            form.headers.add(new HeaderRow(header.name().value(), value == null ? "" : value,
                    value == null ? KEPT : PLAIN));
        }
        return form;
    }

    /** What was typed. At most {@value RequestedHeaders#MAX_HEADERS} headers and one more, which the rules refuse. */
    static ServerForm read(Form typed) {
        ServerForm form = new ServerForm(typed.secret("token"));
        for (String name : List.of("slug", "displayName", "url", "transport", "auth", "version")) {
            form.values.put(name, typed.text(name));
        }
        List<String> names = typed.all("headerName");
        List<String> values = typed.all("headerValue");
        List<String> kinds = typed.all("headerKind");
        int rows = Math.min(Math.min(names.size(), Math.min(values.size(), kinds.size())),
                RequestedHeaders.MAX_HEADERS + 1);
        for (int i = 0; i < rows; i++) {
            if (!names.get(i).isBlank() || !values.get(i).isBlank()) {
                form.headers.add(new HeaderRow(names.get(i).strip(), values.get(i), kinds.get(i)));
            }
        }
        return form;
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public List<HeaderRow> headers() {
        return headers;
    }

    public Map<String, String> errors() {
        return errors;
    }

    /** The members of a request to register. */
    RequestFields registration() {
        ObjectNode request = endpoint();
        put(request, "slug");
        ObjectNode auth = request.putObject("auth");
        auth.put("type", value("auth"));
        if (value("auth").equals("bearer")) {
            auth.put("token", token);
        }
        return new RequestFields(request);
    }

    /** The members of a request to change. */
    RequestFields change() {
        return new RequestFields(endpoint());
    }

    /** The members of a request to rotate. */
    RequestFields rotation() {
        ObjectNode request = JSON.createObjectNode();
        request.put("token", token);
        return new RequestFields(request);
    }

    ServerForm refusedBy(InvalidRequest refusal) {
        for (Violation violation : refusal.violations()) {
            String field = violation.field();
            String shownAt = field.startsWith("headers") ? "headers" : field.replace("auth.", "");
            String subject = field.startsWith("headers.") ? field.substring("headers.".length()) + ": " : "";
            String message = violation.message().equals(REQUIRED) ? "Please fill this in." : violation.message();
            errors.merge(shownAt, subject + message, (first, second) -> first + " " + second);
        }
        return this;
    }

    ServerForm refused(String field, String message) {
        errors.put(field, message);
        return this;
    }

    private ObjectNode endpoint() {
        noHeaderIsNamedTwice();
        ObjectNode request = JSON.createObjectNode();
        List.of("displayName", "url", "transport").forEach(name -> put(request, name));
        ObjectNode list = request.putObject("headers");
        for (HeaderRow header : headers) {
            if (header.kind().equals(PLAIN)) {
                list.put(header.name(), header.value());
            } else {
                ObjectNode secret = list.putObject(header.name()).put("secret", true);
                if (!header.kind().equals(KEPT) || !header.value().isEmpty()) {
                    secret.put("value", header.value());
                }
            }
        }
        return request;
    }

    /** Two members of one name would be one. */
    private void noHeaderIsNamedTwice() {
        Set<String> names = new HashSet<>();
        if (!headers.stream().allMatch(header -> names.add(header.name().toLowerCase(Locale.ROOT)))) {
            throw new InvalidRequest("headers", "Two headers have the same name; upper and lower case make no"
                    + " difference.");
        }
    }

    private void put(ObjectNode request, String name) {
        if (!value(name).isEmpty()) {
            request.put(name, value(name));
        }
    }

    @Override
    public String toString() {
        return "ServerForm[" + value("slug") + "]";
    }
}
