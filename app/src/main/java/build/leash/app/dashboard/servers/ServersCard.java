package build.leash.app.dashboard.servers;

import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Permission;
import build.leash.access.api.Slug;
import build.leash.app.dashboard.activity.Names;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import build.leash.app.audit.readlog.LastReads;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the card for custom MCP servers shows. */
@Component
public final class ServersCard {

    static final int PER_PAGE = 25;
    static final int MAX_SEARCH_LENGTH = 200;

    private final McpServers servers;
    private final LastReads reads;
    private final Subscriptions subscriptions;
    private final Names names;

    ServersCard(McpServers servers, LastReads reads, Subscriptions subscriptions, Names names) {
        this.servers = servers;
        this.reads = reads;
        this.subscriptions = subscriptions;
        this.names = names;
    }

    /**
     * @param search the text to look for, whatever it is; empty for all servers
     * @param after the last slug of the page before; null, or what is no slug, for the first page
     */
    public void addTo(Model model, Caller caller, String search, @Nullable String after) {
        String text = search.strip().substring(0, Math.min(search.strip().length(), MAX_SEARCH_LENGTH));
        String cursor = after != null && Slug.isValid(after) ? after : null;
        Page<McpServerView> page = servers.search(caller, text, new PageRequest(cursor, PER_PAGE));
        int found = servers.count(caller, text);
        Plan plan = subscriptions.get(caller).plan();
        model.addAttribute("servers", rows(caller, page.items())).addAttribute("next", page.next())
                .addAttribute("after", cursor).addAttribute("search", text).addAttribute("found", found)
                .addAttribute("total", text.isEmpty() ? found : servers.count(caller, ""))
                .addAttribute("entitled", plan.includes(Feature.CUSTOM_MCP_SERVERS))
                .addAttribute("requiredPlan", Feature.CUSTOM_MCP_SERVERS.from().toString())
                .addAttribute("plan", plan.toString())
                .addAttribute("mayChangeServers", caller.role().may(Permission.CHANGE_SERVERS))
                .addAttribute("mayChangePlan", caller.role().may(Permission.CHANGE_PLAN));
    }

    ServerRow row(Caller caller, McpServerView server) {
        return rows(caller, List.of(server)).getFirst();
    }

    boolean entitled(Caller caller) {
        return subscriptions.get(caller).plan().includes(Feature.CUSTOM_MCP_SERVERS);
    }

    private List<ServerRow> rows(Caller caller, List<McpServerView> items) {
        Map<McpServerId, Instant> fetched = reads.fetched(caller.organization(),
                items.stream().map(McpServerView::id).toList());
        Map<String, String> actors = names.of(caller.organization(), items.stream()
                .flatMap(server -> Stream.of(server.changedBy(),
                        server.bearer() == null ? null : server.bearer().rotatedBy()))
                .filter(Objects::nonNull).distinct().toList());
        return items.stream().map(server -> ServerRow.of(server, actors, fetched.get(server.id()))).toList();
    }
}
