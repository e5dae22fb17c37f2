package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** One person's browser on the dashboard, with everything that went wrong in it. */
final class Visit implements AutoCloseable {

    static final int PHONE = 390;
    static final int DESKTOP = 1440;
    private static final int HEIGHT = 900;
    private static final int LIMIT_MILLISECONDS = 15_000;
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final String AXE = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Visit(Browser browser, URI leash) {
        this(browser, leash, DESKTOP, ColorScheme.LIGHT);
    }

    Visit(Browser browser, URI leash, int width, ColorScheme scheme) {
        context = browser.newContext(new Browser.NewContextOptions().setBaseURL(leash.toString())
                .setViewportSize(width, HEIGHT).setColorScheme(scheme).setLocale("en-GB").setTimezoneId("UTC")
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(LIMIT_MILLISECONDS);
        page = context.newPage();
        page.onPageError(error -> errors.add("page: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add("console: " + message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Visit open(String path) {
        page.navigate(path);
        return this;
    }

    Visit signIn(String email, String password) {
        open("/dashboard/sign-in");
        page.getByLabel("E-mail address").fill(email);
        page.getByLabel("Password").fill(password);
        button("Sign in").click();
        return this;
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator dialog() {
        return page.locator("#dialog");
    }

    /** Opens a dialog by its button and waits until it is there. */
    Locator openDialog(String button) {
        button(button).click();
        dialog().waitFor();
        return dialog();
    }

    void dialogIsGone() {
        page.waitForCondition(() -> !dialog().isVisible());
    }

    void sees(String text) {
        page.getByText(text).first().waitFor();
    }

    void isAt(String path) {
        page.waitForURL(Pattern.compile(".*" + Pattern.quote(path) + "$"));
    }

    /**
     * No serious or critical violation of WCAG, as axe-core finds them. While a dialog is open, of the dialog: what is behind
     * it is inert, and axe takes what covers a text for its background.
     */
    Visit isAccessible(String where) {
        Object found = page.evaluate("async source => { if (!window.axe) { (0, eval)(source); } "
                + "const r = await axe.run(document.querySelector('dialog[open]') || document,"
                + " {resultTypes: ['violations']}); "
                + "return r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary)"
                + ".slice(0, 3).join(' | ')).join('\\n'); }", AXE);
        assertThat(found).as(where).isEqualTo("");
        return this;
    }

    /** Nothing sticks out to the side. */
    Visit fits(String where) {
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue()).as("%s: pixels too wide", where).isLessThanOrEqualTo(0);
        return this;
    }

    Visit screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(!dialog().isVisible()));
        return this;
    }

    void hadNoErrors() {
        assertThat(errors).isEmpty();
    }

    void forgetErrors() {
        errors.clear();
    }

    @Override
    public void close() {
        context.close();
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Visit.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
