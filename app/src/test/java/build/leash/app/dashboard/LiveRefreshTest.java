package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.Role;
import build.leash.app.support.RunningLeash;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceRequest;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other people's changes come into a page without getting in the way of the person who is at it. */
@Timeout(120)
class LiveRefreshTest {

    private static final String SERVERS = "**/dashboard/organization/servers?*";

    /** The stream of changes as the test wants it, and how often a part was asked to load itself again, and was answered. */
    private static final String STAGE = """
            window.EventSource = class extends EventTarget { constructor() { super(); window.stream = this; } close() {} };
            window.asked = 0;
            window.answered = 0;
            const isReload = cause => cause && cause.type.startsWith('leash-');
            addEventListener('htmx:confirm', e => { if (isReload(e.detail.triggeringEvent)) asked++; });
            addEventListener('htmx:afterRequest', e => { if (isReload(e.detail.requestConfig.triggeringEvent)) answered++; });
            """;

    private static RunningLeash leash;
    private static House house;

    private final List<Route> held = new CopyOnWriteArrayList<>();
    private Visit visit;
    private boolean holding;

    @BeforeAll
    static void found() {
        leash = RunningLeash.shared();
        house = new House(leash, leash.founds());
        IntStream.rangeClosed(1, 30).forEach(i -> house.server("server-%02d".formatted(i)));
    }

    @BeforeEach
    void visit() {
        visit = Visit.of(leash, house.person(Role.OWNER));
        visit.context().addInitScript(STAGE);
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void bringsWhatIsShownAgainAndNotWhatIsBeingTyped() {
        open();
        search().fill("server-07");
        visit.sees("1 of 30 servers match");
        visit.page().clock().install();
        visit.page().clock().pauseAt(System.currentTimeMillis() + 60_000);

        search().fill("");
        Request reload = visit.page().waitForRequest(SERVERS, () -> {
            changed("servers");
            visit.page().clock().runFor(150);
        });
        assertThat(reload.url()).contains("?q=server-07&");
        are(1, "answered");
        visit.sees("1 of 30 servers match");

        visit.page().clock().runFor(200);
        visit.page().getByText("30 servers", new Page.GetByTextOptions().setExact(true)).waitFor();
        pager().getByText("Next page").click();
        seesTheSecondPage();
        visit.hadNoErrors();
    }

    @Test
    void takesNoButtonFromUnderTheMouse() {
        open();
        holdAnswers();
        changed("servers");
        visit.page().waitForCondition(() -> held.size() == 1);
        pager().getByText("Next page").hover();
        visit.page().mouse().down();
        answer();
        are(1, "answered");
        changed("servers");
        are(2, "asked");

        visit.page().mouse().up();

        seesTheSecondPage();
        are(2, "answered");
        seesTheSecondPage();
        visit.hadNoErrors();
    }

    @Test
    void waitsUntilAnOpenMenuIsClosed() {
        open();
        holdAnswers();
        changed("servers");
        visit.page().waitForCondition(() -> held.size() == 1);
        visit.page().getByLabel("Actions for server-03").click();
        answer();
        are(1, "answered");
        changed("servers");
        are(2, "asked");

        visit.button("Rotate bearer…").click();

        visit.dialog().waitFor();
        are(2, "answered");
        visit.hadNoErrors();
    }

    @Test
    void isNotInTheWayOfAChoiceThatTakesThePlaceOfASearch() {
        open();
        holdAnswers();
        search().fill("server");
        visit.page().waitForCondition(() -> held.size() == 1);
        changed("servers");
        are(1, "asked");
        holding = false;

        pager().getByText("Next page").click();

        seesTheSecondPage();
        are(1, "answered");
        seesTheSecondPage();
        visit.hadNoErrors();
    }

    @Test
    void staysOnThePageOfKeysThatIsLookedAt() {
        IntStream.range(0, 21).forEach(i -> house.key());
        open();
        staysOnTheSecondPage("#keys", "keys", "/keys?after=*");
    }

    @Test
    void staysOnThePageOfSecretsThatIsLookedAt() {
        SourceId source = leash.bean(SecretSources.class).add(house.owner(), new SourceRequest(DisplayName.of("Many"),
                SourceKind.NATIVE, Map.of(), null, List.of(AppName.DEFAULT), 0)).id();
        IntStream.range(0, 51).forEach(i -> leash.bean(NativeValues.class).set(house.owner(), source,
                EnvKey.of("KEY_" + i), new EnvValue(PlainSecret.of("value")), null));
        visit.open("/dashboard/organization/secrets");
        staysOnTheSecondPage("#secrets-current", "secrets", "/secrets/current?after=*");
    }

    private void staysOnTheSecondPage(String part, String topic, String path) {
        Locator pager = visit.page().locator(part + " .pager");
        pager.getByText("Next page").click();
        pager.getByText("First page").waitFor();
        Request reload = visit.page().waitForRequest("**" + path, () -> changed(topic));
        assertThat(reload.url()).containsPattern("after=.+");
        are(1, "answered");
        pager.getByText("First page").waitFor();
        visit.hadNoErrors();
    }

    private void open() {
        visit.open("/dashboard/organization").sees("30 servers");
    }

    private void seesTheSecondPage() {
        visit.page().locator("#servers").getByText("server-26").first().waitFor();
    }

    private Locator pager() {
        return visit.page().locator("#servers .pager");
    }

    private Locator search() {
        return visit.page().getByLabel("Search servers");
    }

    private void are(int count, String what) {
        visit.page().waitForCondition(() -> Objects.equals(visit.page().evaluate(what), count));
    }

    /** As the stream tells it. */
    private void changed(String topic) {
        visit.page().evaluate("topic => document.body.dispatchEvent(new Event('leash-' + topic))", topic);
    }

    /** From now on the list of servers is asked for in vain. */
    private void holdAnswers() {
        holding = true;
        visit.page().route(SERVERS, route -> {
            if (holding) {
                held.add(route);
            } else {
                route.resume();
            }
        });
    }

    private void answer() {
        holding = false;
        held.forEach(Route::resume);
    }
}
