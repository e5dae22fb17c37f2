package build.leash.app.sdk;

import build.leash.app.mcp.NodeClientFolder;
import build.leash.app.mcp.NodeRuntime;
import build.leash.app.mcp.ProcessOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code @leash/sdk} as it would be published: packed by its own build, unpacked beside the official MCP client. Made
 * once per JVM; what the tests before this one packed is packed again only if the lock file or a source changed.
 */
final class PackedSdk {

    private static final Path SOURCES = Path.of(System.getProperty("basedir", "")).toAbsolutePath()
            .resolve("../sdk/typescript").normalize();
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(4);
    private static final Duration UNPACK_LIMIT = Duration.ofSeconds(30);

    private final Path folder;

    private PackedSdk(Path folder) {
        this.folder = folder;
    }

    /** Skips the calling test where there is no Node, or fails it on a build server. */
    static PackedSdk require() {
        NodeRuntime.require();
        return Installed.SDK;
    }

    /** A process that runs one of the SDK's scripts, or of the package's own if it begins with {@code node_modules}. */
    ProcessBuilder node(String script, Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("node", folder.resolve(script).toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile());
        builder.environment().keySet().removeAll(
                List.of("NODE_OPTIONS", "NODE_TLS_REJECT_UNAUTHORIZED", "LEASH_API_KEY", "LEASH_PLATFORM_URL"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** For a test's own files. */
    Path newFile(String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "test-", ".json"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    private static Path install() {
        try {
            ProcessBuilder build = new ProcessBuilder(SOURCES.resolve("build.sh").toString(), "pack");
            ProcessOutcome.of(build, Files.createDirectories(SOURCES.resolve("target")), BUILD_LIMIT)
                    .orThrow("build.sh pack");
            Path folder = Files.createDirectories(NodeClientFolder.installed().resolve("leash-sdk"));
            Path module = Files.createDirectories(folder.resolve("node_modules/@leash/sdk"));
            ProcessBuilder unpack = new ProcessBuilder("tar", "-xzf",
                    SOURCES.resolve("target/leash-sdk-0.1.0.tgz").toString(), "--strip-components=1", "-C",
                    module.toString());
            ProcessOutcome.of(unpack, folder, UNPACK_LIMIT).orThrow("tar");
            for (String script : List.of("run.mjs", "live.mjs", "ask.mjs")) {
                Files.copy(SOURCES.resolve("conformance").resolve(script), folder.resolve(script),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Installed {

        static final PackedSdk SDK = new PackedSdk(install());
    }
}
