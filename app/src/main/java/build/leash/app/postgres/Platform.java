package build.leash.app.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The machines there are server binaries for: Linux with glibc, told by its dynamic loader. */
enum Platform {
    AMD64("amd64", List.of("amd64", "x86_64"), "/postgres-linux-x86_64.txz", "/lib64/ld-linux-x86-64.so.2"),
    ARM64("arm64", List.of("aarch64", "arm64"), "/postgres-linux-arm_64.txz", "/lib/ld-linux-aarch64.so.1");

    private final String architecture;
    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> javaNames;
    private final String archive;
    private final Path loader;

    Platform(String architecture, List<String> javaNames, String archive, String loader) {
        this.architecture = architecture;
        this.javaNames = javaNames;
        this.archive = archive;
        this.loader = Path.of(loader);
    }

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** @throws EmbeddedPostgresException when there are no binaries for this system */
    static Platform of(String system, String architecture) {
        return Arrays.stream(values())
                .filter(platform -> system.equals("Linux") && platform.javaNames.contains(architecture))
                .filter(platform -> Files.exists(platform.loader))
                .findFirst()
                .orElseThrow(() -> unsupported(system, architecture));
    }

    String architecture() {
        return architecture;
    }

    /** The class path resource with the server's binaries. */
    String archive() {
        return archive;
    }

    private static EmbeddedPostgresException unsupported(String system, String architecture) {
        return EmbeddedPostgresException.useExternal("There is no embedded PostgreSQL for " + system + " on "
                + architecture + ", only for Linux with glibc on amd64 and arm64.");
    }
}
