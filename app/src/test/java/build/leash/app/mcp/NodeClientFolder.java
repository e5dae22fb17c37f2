package build.leash.app.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * The build folder that holds the SDK from npm. It is filled once per build and lock file: the marker is written
 * last, so an installation that broke off is done again, and a file lock keeps parallel test JVMs out of each
 * other's way. Neither the sources nor the user's npm cache are touched.
 */
public final class NodeClientFolder {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path SOURCES = MODULE.resolve("../cookbook/node").normalize();
    private static final Path FOLDER = MODULE.resolve("target/node-client");
    private static final Path MARKER = FOLDER.resolve("installed.sha256");
    private static final List<String> PACKAGE_FILES = List.of("package.json", "package-lock.json");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);

    private NodeClientFolder() {}

    /** Synchronized as well as locked: a file lock is held by the whole JVM and tells its threads not apart. */
    public static synchronized Path installed() {
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel channel = FileChannel.open(
                    FOLDER.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                installUnlessMarked(fingerprint());
            }
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder for one run, below the installed packages so that the script's imports resolve to them. */
    static Path newRunOf(String script) throws IOException {
        Path run = Files.createTempDirectory(installed(), "run-");
        Files.copy(SOURCES.resolve(script), run.resolve(script));
        return run;
    }

    private static void installUnlessMarked(String fingerprint) throws IOException {
        if (Files.exists(MARKER) && Files.readString(MARKER).equals(fingerprint)) {
            return;
        }
        Files.deleteIfExists(MARKER);
        for (String file : PACKAGE_FILES) {
            Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        npmCi();
        Files.writeString(MARKER, fingerprint);
    }

    /** No package may run a script of its own here: the SDK needs none, and a test run is no place for one. */
    private static void npmCi() {
        ProcessBuilder builder = new ProcessBuilder(List.of("npm", "ci",
                "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier",
                "--cache", FOLDER.resolve("npm-cache").toString()));
        builder.directory(FOLDER.toFile());
        ProcessOutcome.of(builder, FOLDER, INSTALL_LIMIT).orThrow("npm ci");
    }

    private static String fingerprint() throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String file : PACKAGE_FILES) {
                sha256.update(Files.readAllBytes(SOURCES.resolve(file)));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
