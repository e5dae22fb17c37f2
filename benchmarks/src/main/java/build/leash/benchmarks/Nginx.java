package build.leash.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** nginx answering the same bytes: what a web server can do on this machine. */
final class Nginx implements AutoCloseable {

    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(20);

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** In a folder of its own: those that it may write temporary files to become its user's. */
    static Nginx start(Path parent, String body) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("nginx"));
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, """
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx.log crit;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
                  uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                  server {
                    listen 127.0.0.1:%2$d;
                    location / { default_type application/json; return 200 '%3$s'; }
                  }
                }
                """.formatted(folder, port, body));
        Process process = new ProcessBuilder(Programs.find("nginx").orElseThrow().toString(), "-c", config.toString(),
                "-p", folder.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile()).start();
        Nginx nginx = new Nginx(process, port);
        while (!nginx.listens()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "nginx did not start:\n" + Files.readString(folder.resolve("nginx.out")));
            }
            LockSupport.parkNanos(POLL);
        }
        return nginx;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private boolean listens() {
        try (Connection connection = new Connection(port)) {
            return connection != null;
        } catch (IOException e) {
            return false;
        }
    }
}
