package build.leash.app.dashboard.imports;

import build.leash.access.api.InvalidValue;
import build.leash.registry.api.HeaderName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what people paste: an official {@code server.json} (Model Context Protocol registry, {@code remotes}), several
 * of them in an array or as the registry lists them, or a client's {@code mcp.json} ({@code mcpServers}, or
 * {@code servers} as an object). Comments and trailing commas are let pass, as clients do.
 */
final class PastedServers {

    static final int MAX_SERVERS = 100;
    private static final int MAX_DEPTH = 20;
    private static final JsonMapper JSON = JsonMapper
            .builder(JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build())
            .build();
    private static final Pattern BEARER = Pattern.compile("(?i)bearer\\s+(.*)", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile(".*(\\$\\{|\\{\\w|<\\w).*", Pattern.DOTALL);
    private static final Set<String> STREAMABLE = Set.of("", "http", "streamable-http", "streamablehttp");

    private PastedServers() {}

    /** @throws InvalidValue if the text is none of these */
    static List<Candidate> read(String text) {
        JsonNode json = parse(text);
        List<Candidate> found = new ArrayList<>();
        JsonNode entries = json.has("mcpServers") ? json.get("mcpServers") : json.path("servers");
        if (entries.isObject()) {
            entries.properties().forEach(entry -> found.add(fromClient(entry.getKey(), entry.getValue())));
        } else if (json.isArray() || entries.isArray()) {
            (json.isArray() ? json : entries).forEach(entry -> addOfficial(found, entry));
        } else {
            addOfficial(found, json);
        }
        if (found.isEmpty()) {
            throw new InvalidValue("There is no server in it. Paste a server.json with remotes, or an mcp.json with"
                    + " mcpServers.");
        }
        if (found.size() > MAX_SERVERS) {
            throw new InvalidValue("At most " + MAX_SERVERS + " servers can be imported at once.");
        }
        return found;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidValue("This is not well-formed JSON.");
        }
    }

    private static void addOfficial(List<Candidate> found, JsonNode entry) {
        JsonNode server = entry.has("server") ? entry.get("server") : entry;
        if (!server.path("name").isString()) {
            return;
        }
        String name = server.get("name").stringValue();
        String title = server.path("title").asString("");
        if (!server.path("remotes").isArray() || server.get("remotes").isEmpty()) {
            found.add(new Candidate(name, title, "", "streamable-http")
                    .refused("It has no remotes: it runs as a package on the client's own machine."));
            return;
        }
        JsonNode remote = server.get("remotes").get(0);
        Candidate candidate = new Candidate(name, title, text(remote, "url"), transport(text(remote, "type")));
        remote.path("headers").forEach(header -> addHeader(candidate, text(header, "name"),
                header.has("value") ? text(header, "value") : text(header, "default"),
                header.path("isSecret").asBoolean(false)));
        found.add(candidate);
    }

    private static Candidate fromClient(String name, JsonNode server) {
        String url = server.has("url") ? text(server, "url") : text(server, "serverUrl");
        Candidate candidate = new Candidate(name, "", url, transport(text(server, "type")));
        if (url.isEmpty()) {
            return candidate.refused("It has no URL: it is a command on the client's own machine.");
        }
        if (server.path("headers").isObject()) {
            for (Map.Entry<String, JsonNode> header : server.get("headers").properties()) {
                addHeader(candidate, header.getKey(), header.getValue().asString(""), false);
            }
        }
        return candidate;
    }

    private static void addHeader(Candidate candidate, String name, String value, boolean secret) {
        boolean missing = value.isBlank() || PLACEHOLDER.matcher(value).matches();
        if (name.equalsIgnoreCase("Authorization")) {
            candidate.bearer(missing ? null : token(candidate, value));
        } else if (missing) {
            candidate.note("The header " + name + " has no value here. Add it on the server's page.");
        } else {
            candidate.header(name, value, secret || looksLikeCredential(name));
        }
    }

    private static @Nullable String token(Candidate candidate, String authorization) {
        Matcher bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            candidate.refused("Its Authorization header is not a bearer.");
            return null;
        }
        return bearer.group(1);
    }

    private static boolean looksLikeCredential(String name) {
        try {
            return HeaderName.of(name).looksLikeCredential();
        } catch (InvalidValue e) {
            return true;
        }
    }

    private static String transport(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return STREAMABLE.contains(lower) ? "streamable-http" : lower;
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
