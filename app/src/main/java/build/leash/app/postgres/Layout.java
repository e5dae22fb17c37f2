package build.leash.app.postgres;

import java.nio.file.Path;

/** Where the embedded server keeps its things inside the data directory. */
record Layout(Path root) {

    Path lock() {
        return root.resolve("leash.lock");
    }

    Path binaries(String version, Platform platform) {
        return root.resolve("postgres").resolve(version + "-" + platform.architecture());
    }

    Path cluster() {
        return root.resolve("pgdata");
    }

    Path passwords() {
        return root.resolve("postgres.password");
    }

    Path log() {
        return root.resolve("postgres.log");
    }
}
