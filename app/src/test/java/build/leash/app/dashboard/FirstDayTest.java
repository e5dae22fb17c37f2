package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.mcp.NodeClientFolder;
import build.leash.app.mcp.NodeRuntime;
import build.leash.app.mcp.ProcessOutcome;
import build.leash.app.mcp.RealMcpServer;
import build.leash.app.mcp.TlsIdentity;
import build.leash.app.support.RunningLeash;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner's first day, from the first start to a revoked server, with a real MCP server behind it. */
@Timeout(180)
class FirstDayTest {

    private static final Duration RUN_LIMIT = Duration.ofSeconds(60);
    private static final String NEW_PASSWORD = "a sentence is easier to remember";

    @TempDir
    private Path directory;

    @Test
    void fromTheFirstStartToARevokedServer() throws IOException {
        NodeRuntime.require();
        TlsIdentity tls = TlsIdentity.createIn(directory);
        try (RunningLeash leash = RunningLeash.start();
                RealMcpServer upstream = RealMcpServer.start(tls, "first-bearer");
                Visit owner = new Visit(leash.baseUrl())) {
            signsInAndChoosesAPassword(leash, owner);
            registers(owner, upstream);
            String curl = copies(owner, "curl");
            String typeScript = copies(owner, "TypeScript");
            assertThat(curl(leash, curl)).contains("\"slug\":\"tools\"", "\"Authorization\":\"Bearer first-bearer\"");
            assertThat(typeScript(leash, tls, typeScript)).isEqualTo("echo\nwhoami\n");
            owner.button("Done").click();

            upstream.currentBearer("second-bearer");
            rotates(owner, "second-bearer");
            assertThat(curl(leash, curl)).contains("Bearer second-bearer");
            assertThat(typeScript(leash, tls, typeScript)).isEqualTo("echo\nwhoami\n");

            seesTheHistory(owner);
            revokes(owner);
            assertThat(ProcessOutcome.of(shell(leash, curl), directory, RUN_LIMIT).stdout())
                    .contains("unknown_mcp_server");
            owner.hadNoErrors();
        }
    }

    private static void signsInAndChoosesAPassword(RunningLeash leash, Visit owner) {
        owner.signIn(leash.firstRun().get("ownerEmail").stringValue(),
                leash.firstRun().get("ownerPassword").stringValue());
        owner.isAt("/dashboard/password");
        owner.open("/dashboard/organization");
        owner.isAt("/dashboard/password");
        owner.isAccessible("new password").screenshot("first-password");
        owner.page().getByLabel("Current password").fill(leash.firstRun().get("ownerPassword").stringValue());
        owner.page().getByLabel("New password", new Page.GetByLabelOptions().setExact(true)).fill(NEW_PASSWORD);
        owner.page().getByLabel("New password, once more").fill(NEW_PASSWORD);
        owner.button("Save password").click();
        owner.isAt("/dashboard/organization");
        owner.sees("No server is registered yet");
        owner.sees("not needed yet");
        owner.isAccessible("empty organization").screenshot("organization-empty")
                .picture("organization-empty", Visit.DESKTOP, ColorScheme.LIGHT, true);
        owner.page().getByLabel("Role of owner@localhost").selectOption("viewer");
        owner.sees("An organization keeps at least one owner.");
        assertThat(owner.page().getByLabel("Role of owner@localhost").inputValue()).isEqualTo("owner");
    }

    private static void registers(Visit owner, RealMcpServer upstream) {
        Locator dialog = owner.openDialog("Register the first server");
        dialog.getByLabel("Slug").fill("tools");
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(false)).first().fill("Our tools");
        dialog.getByLabel("URL").fill(upstream.url());
        dialog.getByLabel("Bearer token", new Locator.GetByLabelOptions().setExact(true)).last().fill("first-bearer");
        owner.isAccessible("register").screenshot("register");
        owner.button("Register").click();
        owner.sees("Registered. Now connect to");
        owner.isAccessible("connect").screenshot("connect");
    }

    /** What the button copies is what the panel shows. */
    private static String copies(Visit owner, String language) {
        owner.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(language)).click();
        owner.dialog().locator("[role=tabpanel]:visible .copy").click();
        owner.dialog().locator("[role=tabpanel]:visible .copy").getByText("Copied").waitFor();
        String copied = (String) owner.page().evaluate("navigator.clipboard.readText()");
        assertThat(copied).isEqualTo(owner.dialog().locator("[role=tabpanel]:visible code").textContent());
        return copied;
    }

    private static void rotates(Visit owner, String token) {
        owner.page().getByLabel("Actions for tools").click();
        owner.button("Rotate bearer…").click();
        isJudgedInTheBrowser(owner, "Bearer " + token);
        owner.dialog().getByLabel("New bearer token").fill(token);
        owner.button("Rotate").click();
        owner.sees("Rotated the bearer of tools");
        owner.dialogIsGone();
        assertThat(owner.page().content()).doesNotContain(token);
    }

    /** A token that none can be is not sent anywhere. */
    private static void isJudgedInTheBrowser(Visit owner, String noToken) {
        List<String> sent = new CopyOnWriteArrayList<>();
        Consumer<Request> note = request -> sent.add(request.method() + " " + request.url());
        owner.page().onRequest(note);
        Locator field = owner.dialog().getByLabel("New bearer token");
        field.fill(noToken);
        owner.button("Rotate").click();
        owner.page().offRequest(note);
        assertThat(field.evaluate("field => field.validity.patternMismatch")).isEqualTo(true);
        assertThat(sent).noneMatch(request -> request.startsWith("POST"));
    }

    private static void seesTheHistory(Visit owner) {
        owner.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("tools").setExact(true)).click();
        owner.sees("The bearer was rotated by owner@localhost");
        owner.sees("The server was registered by owner@localhost");
        owner.isAccessible("server").screenshot("server");
    }

    private static void revokes(Visit owner) {
        owner.openDialog("Revoke");
        owner.dialog().getByLabel("Type tools to confirm").fill("tools");
        owner.isAccessible("revoke").screenshot("revoke");
        owner.button("Revoke server").click();
        owner.sees("Revoked tools");
        owner.sees("The server was revoked by owner@localhost");
    }

    private String curl(RunningLeash leash, String snippet) {
        return ran(shell(leash, snippet)).stdout();
    }

    private static ProcessBuilder shell(RunningLeash leash, String snippet) {
        ProcessBuilder shell = new ProcessBuilder(List.of("bash", "-c", snippet));
        shell.environment().put("LEASH_API_KEY", leash.appKey());
        return shell;
    }

    private String typeScript(RunningLeash leash, TlsIdentity tls, String snippet) throws IOException {
        Path run = Files.createTempDirectory(NodeClientFolder.installed(), "snippet-");
        Path script = Files.writeString(run.resolve("snippet.mjs"), snippet);
        try {
            ProcessBuilder node = new ProcessBuilder(List.of("node", script.toString()));
            node.environment().put("LEASH_API_KEY", leash.appKey());
            node.environment().put("NODE_EXTRA_CA_CERTS", tls.certificatePem().toString());
            return ran(node).stdout();
        } finally {
            Files.delete(script);
            Files.delete(run);
        }
    }

    private ProcessOutcome ran(ProcessBuilder builder) {
        ProcessOutcome outcome = ProcessOutcome.of(builder, directory, RUN_LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome;
    }
}
