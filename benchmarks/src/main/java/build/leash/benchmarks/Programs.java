package build.leash.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Other people's programs. */
final class Programs {

    private Programs() {}

    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
        return Stream.concat(Arrays.stream(path.split(":")).map(folder -> Path.of(folder, name)),
                Stream.of(Path.of("/usr/lib/postgresql/17/bin", name), Path.of("/usr/lib/postgresql/15/bin", name)))
                .filter(Files::isExecutable).findFirst();
    }

    /** Runs one to its end; what it said. */
    static String run(List<String> command, List<String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        environment.forEach(setting -> builder.environment().put(setting.substring(0, setting.indexOf('=')),
                setting.substring(setting.indexOf('=') + 1)));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command.getFirst() + " failed:\n" + said);
        }
        return said;
    }
}
