package build.leash.app.dashboard.secrets;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.app.web.env.EnvPath;
import build.leash.app.web.env.SourceRequests;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.web.error.Violation;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceNotifications;
import build.leash.secrets.api.SourceView;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Secret sources: the page, adding, changing, asking and removing one, and who is told when one fails. */
@Controller
@RequestMapping("/dashboard/organization/secrets")
class SecretPages {

    private static final String FORMS = "fragments/secret-forms :: ";
    private static final Set<SecretsRejection> SHOWN = Set.of(SecretsRejection.SOURCE_TAKEN,
            SecretsRejection.UNKNOWN_APP, SecretsRejection.VERSION_CONFLICT);

    private final SecretSources sources;
    private final SourceNotifications notifications;
    private final SecretsView view;

    SecretPages(SecretSources sources, SourceNotifications notifications, SecretsView view) {
        this.sources = sources;
        this.notifications = notifications;
        this.view = view;
    }

    @GetMapping
    String page(Caller caller, Model model, @RequestParam(required = false) @Nullable String after) {
        view.addTo(model, caller, after);
        return "secrets";
    }

    /** The parts of the page that change, for a page that is open. */
    @GetMapping("/current")
    String current(Caller caller, Model model, @RequestParam(required = false) @Nullable String after) {
        view.addTo(model, caller, after);
        return "fragments/secrets :: current";
    }

    @GetMapping("/new")
    String form(Caller caller, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        model.addAttribute("form", SourceForm.empty());
        return FORMS + "add";
    }

    @PostMapping
    @Nullable
    String add(HttpServletResponse response, Caller caller, Form typed, Model model) {
        SourceForm form = SourceForm.typed(typed, typed.text("kind"));
        return attempt(response, model, form, "add", () -> {
            SourceView source = sources.add(caller, SourceRequests.request(form.fields(credential(typed), true)));
            Outcome.done(response, "Added " + source.name() + ".", Topic.SECRETS, Topic.ACTIVITY);
        });
    }

    @GetMapping("/{id}/edit")
    String edit(Caller caller, Model model, @PathVariable String id) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        model.addAttribute("form", SourceForm.of(sources.get(caller, EnvPath.source(id)))).addAttribute("id", id);
        return FORMS + "edit";
    }

    @PostMapping("/{id}/edit")
    @Nullable
    String change(HttpServletResponse response, Caller caller, Form typed, Model model, @PathVariable String id) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        SourceId source = EnvPath.source(id);
        SourceForm form = SourceForm.typed(typed, sources.get(caller, source).kind().toString());
        model.addAttribute("id", id);
        return attempt(response, model, form, "edit", () -> {
            SourceView changed = sources.change(caller, source,
                    SourceRequests.change(form.fields(credential(typed), false)), form.version());
            Outcome.done(response, "Changed " + changed.name() + ".", Topic.SECRETS, Topic.ACTIVITY);
        });
    }

    @PostMapping("/{id}/sync")
    void sync(HttpServletResponse response, Caller caller, @PathVariable String id) {
        SourceView source = sources.sync(caller, EnvPath.source(id));
        SourceView.SyncView state = source.sync();
        Outcome.done(response, state == null || state.failingSince() == null
                ? source.name() + " is in sync."
                : source.name() + " gives no answer: " + String.valueOf(state.failure()).replace('_', ' '),
                Topic.SECRETS, Topic.ACTIVITY);
    }

    @GetMapping("/{id}/remove")
    String remove(Caller caller, Model model, @PathVariable String id) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        model.addAttribute("id", id).addAttribute("name", sources.get(caller, EnvPath.source(id)).name());
        return FORMS + "remove";
    }

    @PostMapping("/{id}/remove")
    void removeNow(HttpServletResponse response, Caller caller, @PathVariable String id) {
        sources.remove(caller, EnvPath.source(id), null);
        Outcome.done(response, "Removed the source with all its values.", Topic.SECRETS, Topic.ACTIVITY);
    }

    @GetMapping("/notifications")
    String notifications(Caller caller, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        model.addAttribute("url", notifications.get(caller).map(found -> found.url()).orElse(""))
                .addAttribute("problem", null);
        return FORMS + "notifications";
    }

    /** An empty URL stops them. */
    @PostMapping("/notifications")
    @Nullable
    String notify(HttpServletResponse response, Caller caller, Form typed, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        try {
            if (typed.has("url")) {
                notifications.set(caller, typed.text("url"), PlainSecret.of(credential(typed)));
            } else if (notifications.get(caller).isPresent()) {
                notifications.stop(caller);
            }
            Outcome.done(response, typed.has("url") ? "Owners are told from now on." : "Nobody is told any more.",
                    Topic.SECRETS, Topic.ACTIVITY);
            return null;
        } catch (InvalidValue e) {
            Outcome.refused(response);
            model.addAttribute("url", typed.text("url")).addAttribute("problem", e.whatIsAllowed());
            return FORMS + "notifications";
        }
    }

    private static String credential(Form typed) {
        return typed.secret("credential").strip();
    }

    /** Null if it is done; else the form again, with what was typed but for the credential, and what is wrong. */
    private static @Nullable String attempt(HttpServletResponse response, Model model, SourceForm form,
            String fragment, Runnable command) {
        List<String> why;
        try {
            command.run();
            return null;
        } catch (InvalidRequest e) {
            why = e.violations().stream().map(Violation::message).toList();
        } catch (InvalidValue e) {
            why = List.of(e.whatIsAllowed());
        } catch (Rejected e) {
            if (!SHOWN.contains(e.rejection())) {
                throw e;
            }
            why = List.of(e.rejection() == SecretsRejection.VERSION_CONFLICT
                    ? "Somebody was faster: " + e.sentence() + " Close this, look, and try again."
                    : e.sentence());
        }
        Outcome.refused(response);
        model.addAttribute("form", form.refused(why));
        return FORMS + fragment;
    }
}
