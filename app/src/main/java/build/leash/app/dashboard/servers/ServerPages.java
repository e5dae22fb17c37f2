package build.leash.app.dashboard.servers;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Slug;
import build.leash.app.dashboard.activity.ServerHistory;
import build.leash.app.web.PublicUrl;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.RegistryRejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What can be looked at: the list of servers, a server with its history, and the dialogs before anything is sent. */
@Controller
@RequestMapping("/dashboard/organization")
class ServerPages {

    private final McpServers servers;
    private final ServersCard card;
    private final ServerHistory history;
    private final PublicUrl publicUrl;

    ServerPages(McpServers servers, ServersCard card, ServerHistory history, PublicUrl publicUrl) {
        this.servers = servers;
        this.card = card;
        this.history = history;
        this.publicUrl = publicUrl;
    }

    @GetMapping("/servers")
    String list(Caller caller, Model model, @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String after) {
        card.addTo(model, caller, q, after);
        return "fragments/servers :: list";
    }

    @GetMapping("/servers/{slug}")
    String server(Caller caller, Model model, @PathVariable String slug) {
        show(caller, model, known(slug));
        return "server";
    }

    /** The parts of a server's page that change, for a page that is open. */
    @GetMapping("/servers/{slug}/current")
    String current(Caller caller, Model model, @PathVariable String slug) {
        show(caller, model, known(slug));
        return "fragments/server :: current";
    }

    @GetMapping("/servers/{slug}/connect")
    String connect(HttpServletRequest request, Caller caller, Model model, @PathVariable String slug) {
        McpServerView server = servers.get(caller, known(slug));
        model.addAttribute("slug", slug).addAttribute("registered", false).addAttribute("snippets",
                Snippets.of(publicUrl.of(request), slug, server.transport().toString()));
        return "fragments/connect :: connect";
    }

    @GetMapping("/register")
    String register(Caller caller, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        model.addAttribute("form", ServerForm.empty());
        return "fragments/server-forms :: register";
    }

    @GetMapping("/header-row")
    String headerRow(Caller caller, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        model.addAttribute("header", new ServerForm.HeaderRow("", "", "plain"));
        return "fragments/server-forms :: header";
    }

    @GetMapping("/servers/{slug}/edit")
    String edit(Caller caller, Model model, @PathVariable String slug) {
        model.addAttribute("form", ServerForm.of(card.row(caller, changeable(caller, slug))));
        return "fragments/server-forms :: edit";
    }

    @GetMapping("/servers/{slug}/rotate")
    String rotate(Caller caller, Model model, @PathVariable String slug) {
        model.addAttribute("form", ServerForm.of(card.row(caller, changeable(caller, slug))));
        return "fragments/server-forms :: rotate";
    }

    @GetMapping("/servers/{slug}/revoke")
    String revoke(Caller caller, Model model, @PathVariable String slug) {
        model.addAttribute("form", ServerForm.of(card.row(caller, changeable(caller, slug))));
        return "fragments/server-forms :: revoke";
    }

    private McpServerView changeable(Caller caller, String slug) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        return servers.get(caller, known(slug));
    }

    /** A server that was revoked still has its history. */
    private void show(Caller caller, Model model, Slug slug) {
        Optional<McpServerView> registered = servers.find(caller, slug);
        ServerHistory.History past = history.of(caller, slug);
        if (registered.isEmpty() && past.steps().isEmpty()) {
            throw new Rejected(RegistryRejection.UNKNOWN_MCP_SERVER, "Unknown MCP server: " + slug);
        }
        model.addAttribute("slug", slug.value()).addAttribute("history", past)
                .addAttribute("server", registered.map(server -> card.row(caller, server)).orElse(null))
                .addAttribute("entitled", card.entitled(caller))
                .addAttribute("mayChangeServers", caller.role().may(Permission.CHANGE_SERVERS));
    }

    static Slug known(String slug) {
        if (!Slug.isValid(slug)) {
            throw new Rejected(RegistryRejection.UNKNOWN_MCP_SERVER, "There is no such MCP server.");
        }
        return Slug.of(slug);
    }
}
