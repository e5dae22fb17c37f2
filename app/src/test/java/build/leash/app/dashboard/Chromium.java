package build.leash.app.dashboard;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.jspecify.annotations.Nullable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The system's Chromium, driven by Playwright, which never downloads one of its own. Without it a developer may still
 * run all other tests, and reads why these were skipped; the build server may not.
 */
public final class Chromium {

    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));
    private static final List<String> QUIET = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private static @Nullable Chromium shared;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(
                new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(QUIET).setHeadless(true));
    }

    /** The one that all tests of this JVM share, which ends with it. Never close it. */
    public static synchronized Chromium shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Starts it, or skips or fails the calling test. A skip goes to the console too. */
    private static Chromium start() {
        Path executable = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (executable == null) {
            String reason = "Chromium must be installed to test pages: apt-get install chromium";
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                fail(reason + ". CI=true, so this is a failure and no skip");
            }
            System.err.println("SKIPPED: " + reason);
            abort(reason);
        }
        return new Chromium(executable);
    }

    public Browser browser() {
        return browser;
    }

    private void close() {
        browser.close();
        playwright.close();
    }
}
