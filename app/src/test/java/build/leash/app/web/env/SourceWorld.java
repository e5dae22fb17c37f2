package build.leash.app.web.env;

import build.leash.app.mcp.TlsIdentity;
import build.leash.app.support.RunningLeash;
import build.leash.secrets.provider.emulator.SecretManagerEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application whose external sources are on this machine, and those sources. A read asks them each time, however new
 * their last answer; nobody else does for an hour after the first time.
 */
public final class SourceWorld {

    /** Of whoever uses it, since there is one of it. */
    public static final String LOCK = "source-world";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final SourceServer server;
    final SecretManagerEmulator google = SecretManagerEmulator.start();
    private final TlsIdentity tls;
    private final RunningLeash leash;

    private SourceWorld() {
        try {
            tls = TlsIdentity.createIn(Files.createTempDirectory(Path.of("target"), "source-world-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = new SourceServer(tls);
        leash = RunningLeash.start(properties());
    }

    /** The one that all tests of this JVM share. Never close it. */
    public static SourceWorld shared() {
        return Shared.WORLD;
    }

    public RunningLeash leash() {
        return leash;
    }

    /** Another node of the same. */
    RunningLeash node() {
        return leash.node(properties());
    }

    /** Where the customer's own server answers. */
    public String webhookUrl() {
        return server.url() + "/env";
    }

    /** With which it wants requests to be signed. */
    public String signingSecret() {
        return SourceServer.SIGNING_SECRET;
    }

    /** What every source but Google's holds from now on. */
    public void holds(Map<String, String> values) {
        server.values.clear();
        server.values.putAll(values);
    }

    /** @param status with which all of them but Google's answer from now on; 0 if all is well */
    public void answersWith(int status) {
        server.failure = status;
    }

    /** The request that adds such a source. */
    static String json(String name, String kind, Map<String, String> settings, String credential, int staleSeconds) {
        return JSON.writeValueAsString(Map.of("name", name, "kind", kind, "settings", settings, "credential",
                credential, "staleSeconds", staleSeconds));
    }

    private String[] properties() {
        return new String[]{"leash.outbound.allowed-networks=127.0.0.1/32",
                "leash.outbound.trusted-certificates=" + tls.certificatePem(), "leash.outbound.timeout=1500ms",
                "leash.env.max-age=0s", "leash.env.retry-every=0s", "leash.env.sync-every=1h",
                "leash.env.provider.doppler-url=" + server.url(),
                "leash.env.provider.google-endpoint=" + google.endpoint(),
                "leash.env.provider.google-plaintext=true"};
    }

    private void stop() {
        google.close();
        server.close();
    }

    private static final class Shared {

        static final SourceWorld WORLD = new SourceWorld();

        static {
            // Runs after the application's own shutdown hook has closed it.
            SpringApplication.getShutdownHandlers().add(() -> {
                WORLD.stop();
                WORLD.leash.close();
            });
        }
    }
}
