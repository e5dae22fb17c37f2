package build.leash.app.dashboard.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Programs to copy that ask for a server and list its tools, filled in for one server of one installation. */
public final class Snippets {

    private Snippets() {}

    /** @param id of the tab */
    public record Snippet(String id, String label, String code) {}

    /** @param transport as on the wire */
    static List<Snippet> of(String baseUrl, String slug, String transport) {
        Properties words = words(transport);
        words.setProperty("url", baseUrl + "/api/integrations/mcp-config/" + slug);
        return List.of(new Snippet("curl", "curl", code("curl.sh", words)),
                new Snippet("typescript", "TypeScript", code("typescript.mjs", words)),
                new Snippet("java", "Java", code("LeashTools.java", words)),
                new Snippet("python", "Python", code("python.py", words)));
    }

    private static String code(String file, Properties words) {
        String code = read(file);
        for (String word : words.stringPropertyNames()) {
            code = code.replace("{{" + word + "}}", words.getProperty(word));
        }
        return code.strip();
    }

    /** What each client library calls the transport. */
    private static Properties words(String transport) {
        Properties words = new Properties();
        try {
            words.load(new StringReader(read(transport + ".properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(Snippets.class.getResourceAsStream("/snippets/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
