package build.leash.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.dashboard.Chromium;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BrowserTest {

    private static final String PAGE = """
            <!doctype html><title>waiting</title><script type="module">
            import { Leash } from "/node_modules/@leash/sdk/dist/index.js";
            try {
              new Leash({ apiKey: "lsk_live_x" });
              document.title = "constructed";
            } catch (error) {
              document.title = error.code;
            }
            </script>
            """;

    @Test
    void aPageLoadsTheSdkAndIsRefused() throws IOException {
        Path root = PackedSdk.require().folder().toAbsolutePath();
        Files.writeString(root.resolve("page.html"), PAGE);
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), root, OutputLevel.NONE);
        server.start();
        try (Page page = Chromium.shared().browser().newPage()) {
            page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/page.html");
            page.waitForFunction("document.title !== 'waiting'");

            assertThat(page.title()).isEqualTo("BROWSER_MODE_UNSUPPORTED");
        } finally {
            server.stop(0);
        }
    }
}
