package build.leash.app.dashboard.imports;

import build.leash.app.web.RequestFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server that was found in what somebody pasted. May hold secrets, so it does not print itself. */
public final class Candidate {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_SLUG = 63;

    private final String slug;
    private final String displayName;
    private final String url;
    private final String transport;
    private final Map<String, String> plainHeaders = new LinkedHashMap<>();
    private final Map<String, String> secretHeaders = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable String token;
    private boolean wantsToken;
    private @Nullable String problem;

    Candidate(String name, String displayName, String url, String transport) {
        this.slug = slugOf(name);
        this.displayName = displayName;
        this.url = url;
        this.transport = transport;
    }

    public String slug() {
        return slug;
    }

    public String url() {
        return url;
    }

    public String transport() {
        return transport;
    }

    public List<String> headerNames() {
        List<String> names = new ArrayList<>(plainHeaders.keySet());
        names.addAll(secretHeaders.keySet());
        return names;
    }

    public List<String> notes() {
        return notes;
    }

    public boolean hasToken() {
        return token != null;
    }

    /** Whether it wants a bearer that what was pasted does not hold. */
    public boolean wantsToken() {
        return wantsToken && token == null;
    }

    public @Nullable String problem() {
        return problem;
    }

    Candidate refused(String message) {
        problem = problem == null ? message : problem + " " + message;
        return this;
    }

    void note(String text) {
        notes.add(text);
    }

    void bearer(@Nullable String value) {
        wantsToken = true;
        token = value;
    }

    void header(String name, String value, boolean secret) {
        (secret ? secretHeaders : plainHeaders).put(name, value);
    }

    /** The members of a request to register it. */
    RequestFields registration() {
        ObjectNode request = JSON.createObjectNode().put("slug", slug).put("url", url).put("transport", transport);
        if (!displayName.isBlank()) {
            request.put("displayName", displayName);
        }
        ObjectNode auth = request.putObject("auth").put("type", token == null ? "none" : "bearer");
        if (token != null) {
            auth.put("token", token);
        }
        ObjectNode headers = request.putObject("headers");
        plainHeaders.forEach(headers::put);
        secretHeaders.forEach((name, value) -> headers.putObject(name).put("value", value).put("secret", true));
        return new RequestFields(request);
    }

    /** The last part of a name such as {@code io.github.acme/weather}, with what no slug has as hyphens. */
    private static String slugOf(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String hyphens = last.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        return hyphens.substring(0, Math.min(MAX_SLUG, hyphens.length())).replaceAll("-+$", "");
    }

    @Override
    public String toString() {
        return "Candidate[" + slug + "]";
    }
}
