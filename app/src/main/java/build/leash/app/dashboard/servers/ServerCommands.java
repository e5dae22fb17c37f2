package build.leash.app.dashboard.servers;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Slug;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.app.web.PublicUrl;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.web.organization.McpServerRequests;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.RegistryRejection;
import build.leash.registry.api.ServerVersion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What can be done to servers. A form that is refused comes back with what was typed, but for secrets, and why. */
@Controller
@RequestMapping("/dashboard/organization")
class ServerCommands {

    private static final String FORMS = "fragments/server-forms :: ";
    private static final int UNPROCESSABLE = 422;

    private final McpServers servers;
    private final PublicUrl publicUrl;

    ServerCommands(McpServers servers, PublicUrl publicUrl) {
        this.servers = servers;
        this.publicUrl = publicUrl;
    }

    @PostMapping("/register")
    String register(HttpServletRequest request, HttpServletResponse response, Caller caller, Form typed, Model model) {
        ServerForm form = ServerForm.read(typed);
        McpServerView server = attempt(form, response,
                () -> servers.register(caller, McpServerRequests.registration(form.registration())));
        if (server == null) {
            return again(model, form, "register");
        }
        Outcome.shown(response, Topic.SERVERS, Topic.ACTIVITY);
        model.addAttribute("slug", server.slug().value()).addAttribute("registered", true).addAttribute("snippets",
                Snippets.of(publicUrl.of(request), server.slug().value(), server.transport().toString()));
        return "fragments/connect :: connect";
    }

    @PostMapping("/servers/{slug}/edit")
    @Nullable
    String edit(HttpServletResponse response, Caller caller, Form typed, Model model, @PathVariable String slug) {
        Slug known = ServerPages.known(slug);
        ServerForm form = ServerForm.read(typed);
        McpServerView server = attempt(form, response, () -> servers.change(caller, known,
                McpServerRequests.change(form.change()), expected(form)));
        if (server == null) {
            return again(model, form, "edit");
        }
        Outcome.done(response, "Changed " + slug + ". It is at version " + server.version() + " now.", Topic.SERVERS,
                Topic.ACTIVITY);
        return null;
    }

    @PostMapping("/servers/{slug}/rotate")
    @Nullable
    String rotate(HttpServletResponse response, Caller caller, Form typed, Model model, @PathVariable String slug) {
        Slug known = ServerPages.known(slug);
        ServerForm form = ServerForm.read(typed);
        McpServerView server = attempt(form, response, () -> servers.rotate(caller, known,
                McpServerRequests.rotation(form.rotation()), expected(form)));
        if (server == null) {
            return again(model, form, "rotate");
        }
        Outcome.done(response, "Rotated the bearer of " + slug + ". The next fetch hands version " + server.version()
                + " off.", Topic.SERVERS, Topic.ACTIVITY);
        return null;
    }

    @PostMapping("/servers/{slug}/revoke")
    @Nullable
    String revoke(HttpServletResponse response, Caller caller, Form typed, Model model, @PathVariable String slug) {
        Slug known = ServerPages.known(slug);
        ServerForm form = ServerForm.read(typed);
        Slug revoked = attempt(form, response, () -> {
            caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
            if (!typed.text("confirmation").equals(slug)) {
                throw new InvalidRequest("confirmation", "Type the slug exactly as it is shown.");
            }
            servers.revoke(caller, known, expected(form));
            return known;
        });
        if (revoked == null) {
            return again(model, form, "revoke");
        }
        Outcome.done(response, "Revoked " + slug + ". No app is handed it any more.", Topic.SERVERS, Topic.ACTIVITY);
        return null;
    }

    /** What the rules say about one field of the form as it is typed; nothing if it is fine or still empty. */
    @PostMapping("/validation")
    String validate(Caller caller, Form typed, Model model, @RequestParam String field) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        ServerForm form = ServerForm.read(typed);
        String message = null;
        try {
            McpServerRequests.registration(form.registration());
        } catch (InvalidRequest e) {
            message = form.refusedBy(e).errors().get(field);
        }
        boolean empty = !field.equals("headers") && typed.secret(field).isEmpty();
        if (message == null && field.equals("slug") && !empty
                && servers.find(caller, Slug.of(form.value("slug"))).isPresent()) {
            message = "The slug is taken by another MCP server of the organization.";
        }
        model.addAttribute("message", empty ? null : message);
        return "fragments/server-forms :: validation";
    }

    /** The result, or null if it is refused in a way that the form can show; who may not do it at all learns so. */
    private static <T> @Nullable T attempt(ServerForm form, HttpServletResponse response, Supplier<T> command) {
        try {
            return command.get();
        } catch (InvalidRequest e) {
            form.refusedBy(e);
        } catch (InvalidValue e) {
            form.refusedBy(new InvalidRequest("headers", e.whatIsAllowed()));
        } catch (Rejected e) {
            if (e.rejection() == RegistryRejection.SLUG_TAKEN) {
                form.refused("slug", e.sentence());
            } else if (e.rejection() == RegistryRejection.VERSION_CONFLICT) {
                form.refused("", "Somebody was faster: " + e.sentence() + " Close this, look, and try again.");
            } else {
                throw e;
            }
        }
        response.setStatus(UNPROCESSABLE);
        return null;
    }

    private static @Nullable ServerVersion expected(ServerForm form) {
        return ServerVersion.parse(form.value("version")).orElse(null);
    }

    private static String again(Model model, ServerForm form, String fragment) {
        model.addAttribute("form", form);
        return FORMS + fragment;
    }
}
