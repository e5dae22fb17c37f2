package build.leash.app.dashboard.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Programs to copy that ask for a server and list its tools, filled in for one server of one installation. */
public final class Snippets {

    private static final Map<String, String> FILES = Map.of("curl", "curl.sh", "typescript", "typescript.mjs", "java",
            "LeashTools.java", "python", "python.py");

    private Snippets() {}

    /** @param id of the tab */
    public record Snippet(String id, String label, String code) {}

    /** @param transport as on the wire */
    static List<Snippet> of(String baseUrl, String slug, String transport) {
        String url = baseUrl + "/api/integrations/mcp-config/" + slug;
        return List.of(snippet("curl", "curl", url, transport), snippet("typescript", "TypeScript", url, transport),
                snippet("java", "Java", url, transport), snippet("python", "Python", url, transport));
    }

    private static Snippet snippet(String id, String label, String url, String transport) {
        String folder = transport.equals("sse") && !id.equals("curl") ? "sse/" : "";
        String template = read("/snippets/" + folder + Objects.requireNonNull(FILES.get(id)));
        return new Snippet(id, label, template.replace("{{url}}", url).strip());
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Snippets.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
