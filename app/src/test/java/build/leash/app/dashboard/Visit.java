package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.RunningLeash;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** One person's browser on the dashboard, with everything that went wrong in it. */
final class Visit implements AutoCloseable {

    static final int PHONE = 390;
    static final int DESKTOP = 1440;
    private static final int HEIGHT = 900;
    private static final int LIMIT_MILLISECONDS = 30_000;
    /**
     * What Chromium and htmx log though nothing is wrong: a form that is refused, which is what its rules are for, and a
     * live refresh of the list that gives way to what the person asks for meanwhile.
     */
    private static final Pattern EXPECTED = Pattern.compile("^(Failed to load resource: .* status of (409|422)"
            + "|Response Status Error Code (409|422) |htmx:(afterRequest|sendAbort), )");
    private static final List<ColorScheme> SCHEMES = List.of(ColorScheme.DARK, ColorScheme.LIGHT);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Path IMAGES = Path.of("../docs/images");
    private static final String AXE = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Visit(URI leash) {
        this(leash, DESKTOP, ColorScheme.LIGHT);
    }

    Visit(URI leash, int width, ColorScheme scheme) {
        context = Chromium.shared().browser().newContext(new Browser.NewContextOptions().setBaseURL(leash.toString())
                .setViewportSize(width, HEIGHT).setColorScheme(scheme).setLocale("en-GB").setTimezoneId("UTC")
                .setReducedMotion(ReducedMotion.REDUCE)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(LIMIT_MILLISECONDS);
        page = context.newPage();
        page.onPageError(error -> errors.add("page: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !EXPECTED.matcher(message.text()).find()) {
                errors.add("console: " + message.text());
            }
        });
    }

    /** Of somebody who is signed in. */
    static Visit of(RunningLeash leash, House.Person person, int width, ColorScheme scheme) {
        Visit visit = new Visit(leash.baseUrl(), width, scheme);
        visit.context.addCookies(List.of(
                new Cookie("leash_session", person.session()).setUrl(leash.baseUrl().toString())));
        return visit;
    }

    static Visit of(RunningLeash leash, House.Person person) {
        return of(leash, person, DESKTOP, ColorScheme.LIGHT);
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

    /** On a phone and on a desk, dark and light: nothing inaccessible, nothing that sticks out, and a picture of each. */
    Visit look(String name) {
        assertThat(page.evaluate("document.compatMode")).as(name + " in standards mode").isEqualTo("CSS1Compat");
        for (int width : new int[]{PHONE, DESKTOP}) {
            page.setViewportSize(width, HEIGHT);
            for (ColorScheme scheme : SCHEMES) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String where = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                isAccessible(where).fits(where).screenshot(where);
            }
        }
        return this;
    }

    /** No serious or critical violation of WCAG, as axe-core finds them; in the dialog alone while one is open. */
    Visit isAccessible(String where) {
        if (!Boolean.TRUE.equals(page.evaluate("!!window.axe"))) {
            page.evaluate("source => { (0, eval)(source); }", AXE);
        }
        Object found = page.evaluate("async () => { const dialog = document.querySelector('dialog[open]'); "
                + "const r = await axe.run(dialog || document, {resultTypes: ['violations']}); "
                + "return r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary)"
                + ".slice(0, 3).join(' | ')).join('\\n'); }");
        assertThat(found).as(where).isEqualTo("");
        return this;
    }

    /** Nothing sticks out to the side, and nothing is squeezed. */
    Visit fits(String where) {
        Object narrowest = page.evaluate("Math.min(1000, ...[...document.querySelectorAll('.card')]"
                + ".map(card => card.getBoundingClientRect().width))");
        assertThat(((Number) narrowest).intValue()).as("%s: the narrowest card", where).isGreaterThan(300);
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue()).as("%s: pixels too wide", where).isLessThanOrEqualTo(0);
        return this;
    }

    Visit screenshot(String name) {
        return screenshot(SCREENSHOTS.resolve(name + ".png"), !dialog().isVisible());
    }

    /** A picture for the README, if it is asked for ({@code -Dleash.write-docs=true}). */
    Visit picture(String name, int width, ColorScheme scheme, boolean fullPage) {
        if (Boolean.getBoolean("leash.write-docs")) {
            page.setViewportSize(width, HEIGHT);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            screenshot(IMAGES.resolve(name + ".png"), fullPage);
        }
        return this;
    }

    private Visit screenshot(Path file, boolean fullPage) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(fullPage));
        return this;
    }

    void hadNoErrors() {
        assertThat(errors).isEmpty();
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
