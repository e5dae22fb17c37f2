package build.leash.app.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The official TypeScript SDK, driven by the very {@code cookbook.mjs} that the README shows. It asks Leash and calls
 * the tool in one go, as an app does, in a process of its own that verifies both TLS certificates.
 */
final class OfficialTypeScriptClient {

    private static final String SCRIPT = "cookbook.mjs";
    private static final Duration RUN_LIMIT = Duration.ofSeconds(60);

    private final String platformUrl;
    private final String apiKey;
    private final Path extraCertificates;

    /** @param platformUrl where Leash is, without a slash at the end */
    OfficialTypeScriptClient(String platformUrl, String apiKey, TlsIdentity tls) {
        this.platformUrl = platformUrl;
        this.apiKey = apiKey;
        this.extraCertificates = tls.certificatePem();
    }

    static boolean available() {
        return NodeRuntime.available();
    }

    /** Call first in each test: skips it without Node, or fails it on a build server. */
    static void requireAvailable() {
        NodeRuntime.require();
    }

    /**
     * Exit code 0 and the tool's text on stdout, or 1 and on stderr either {@code code: } and Leash's error code or
     * {@code error: } and the class of what the SDK threw.
     */
    ProcessOutcome call(String slug, String tool, String argumentsAsJson) {
        try {
            Path run = NodeClientFolder.newRunOf(SCRIPT);
            try {
                return ProcessOutcome.of(node(run, slug, tool, argumentsAsJson), run, RUN_LIMIT);
            } finally {
                Files.delete(run.resolve(SCRIPT));
                Files.delete(run);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder node(Path run, String slug, String tool, String argumentsAsJson) {
        ProcessBuilder builder = new ProcessBuilder(List.of("node", SCRIPT, slug, tool, argumentsAsJson));
        builder.directory(run.toFile());
        builder.environment().keySet().removeAll(List.of("NODE_OPTIONS", "NODE_TLS_REJECT_UNAUTHORIZED"));
        builder.environment().put("NODE_EXTRA_CA_CERTS", extraCertificates.toString());
        builder.environment().put("LEASH_PLATFORM_URL", platformUrl);
        builder.environment().put("LEASH_API_KEY", apiKey);
        return builder;
    }
}
