package build.leash.app.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** A JVM to be killed: starts the server, says so, and ends when the test does, which closes its input. */
final class PostgresHolder {

    private PostgresHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]))) {
            System.out.println(ChildJvm.READY + postgres.processId());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
