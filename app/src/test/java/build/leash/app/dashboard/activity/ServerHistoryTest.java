package build.leash.app.dashboard.activity;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.Slug;
import build.leash.app.support.RunningLeash;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.Change;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RequestedHeader;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.PlainSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerHistoryTest {

    private static final Slug SLUG = Slug.of("busy");

    private final RunningLeash leash = RunningLeash.shared();
    private final McpServers servers = leash.bean(McpServers.class);
    private final Caller owner = leash.founds().owner();

    @Test
    void theLatestStepsAreTheSameHoweverFewAreRead() {
        servers.register(owner, new Registration(SLUG, DisplayName.of("Busy"), HttpsUrl.of("https://a.example/mcp"),
                Transport.SSE, null, RequestedHeaders.NONE));
        change("https://b.example/mcp", "acme");
        rotate("first");
        change("https://c.example/mcp", null);
        rotate("second");
        rotate("third");
        change("https://d.example/mcp", "acme");
        servers.revoke(owner, SLUG, null);
        ServerHistory history = leash.bean(ServerHistory.class);
        ServerHistory.History all = history.of(owner, SLUG);
        assertThat(all.steps()).hasSize(8);

        for (int shown = 1; shown <= 9; shown++) {
            ServerHistory.History latest = history.of(owner, SLUG, shown);
            assertThat(latest.steps()).isEqualTo(all.steps().subList(0, Math.min(shown, 8)));
            assertThat(latest).extracting(ServerHistory.History::name, ServerHistory.History::revoked)
                    .containsExactly("Busy", true);
        }
    }

    private void change(String url, @Nullable String tenant) {
        RequestedHeaders headers = tenant == null
                ? RequestedHeaders.NONE
                : new RequestedHeaders(List.of(new RequestedHeader.Plain(HeaderName.of("X-Tenant"), tenant)));
        servers.change(owner, SLUG, new Change(null, HttpsUrl.of(url), null, headers), null);
    }

    private void rotate(String token) {
        servers.rotate(owner, SLUG, new BearerToken(PlainSecret.of(token)), null);
    }
}
