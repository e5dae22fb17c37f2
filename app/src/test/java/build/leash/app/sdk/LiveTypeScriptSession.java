package build.leash.app.sdk;

import build.leash.app.mcp.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The official TypeScript client through the SDK's fetch, in a process of its own that says when a call succeeded. */
final class LiveTypeScriptSession implements LiveSession {

    private static final int SECONDS_LIMIT = 30;

    private final Process process;
    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<String> complaints;

    LiveTypeScriptSession(PackedSdk sdk, String platformUrl, String apiKey, String slug, TlsIdentity tls)
            throws IOException {
        process = sdk.node("live.mjs", Map.of("LEASH_PLATFORM_URL", platformUrl, "LEASH_API_KEY", apiKey,
                "NODE_EXTRA_CA_CERTS", tls.certificatePem().toString()), slug).start();
        Thread.ofPlatform().daemon().start(this::countCalls);
        complaints = CompletableFuture.supplyAsync(this::readComplaints, task -> Thread.ofPlatform().start(task));
    }

    @Override
    public int calls() {
        if (!process.isAlive()) {
            throw new AssertionError("The client ended: " + complaints.join());
        }
        return calls.get();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_LIMIT, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("The client failed: " + complaints.join());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void countCalls() {
        try (BufferedReader lines = process.inputReader()) {
            while (lines.readLine() != null) {
                calls.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String readComplaints() {
        try (BufferedReader lines = process.errorReader()) {
            StringBuilder text = new StringBuilder();
            lines.lines().limit(200).forEach(line -> text.append(line).append('\n'));
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
