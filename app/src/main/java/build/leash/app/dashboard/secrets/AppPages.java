package build.leash.app.dashboard.secrets;

import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.app.web.env.EnvPath;
import build.leash.secrets.api.AppView;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceView;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** An app's env: the keys that it declares, where each is read from and who read it last, and which sources it may read. */
@Controller
@RequestMapping("/dashboard/apps")
class AppPages {

    private static final String FORMS = "fragments/secret-forms :: ";

    private final Apps apps;
    private final SecretSources sources;
    private final AppSecretsView view;

    AppPages(Apps apps, SecretSources sources, AppSecretsView view) {
        this.apps = apps;
        this.sources = sources;
        this.view = view;
    }

    @GetMapping("/{app}/secrets")
    String page(Caller caller, Model model, @PathVariable String app) {
        view.addTo(model, caller, EnvPath.app(app));
        return "app-secrets";
    }

    @GetMapping("/{app}/secrets/current")
    String current(Caller caller, Model model, @PathVariable String app) {
        view.addTo(model, caller, EnvPath.app(app));
        return "fragments/app-secrets :: current";
    }

    /** Lets the app read a source, or not any more. */
    @PostMapping("/{app}/secrets/allow")
    void allow(HttpServletResponse response, Caller caller, Form typed, @PathVariable String app) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        AppName name = EnvPath.app(app);
        apps.mustHave(caller, name);
        SourceId id = EnvPath.source(typed.text("source"));
        boolean allowed = typed.text("allowed").equals("true");
        SourceView source = sources.allow(caller, id, name, allowed);
        Outcome.done(response, name + (allowed ? " may read " : " may not read ") + source.name()
                + (allowed ? "." : " any more."), Topic.SECRETS, Topic.ACTIVITY);
    }

    @GetMapping("/new")
    String form(Caller caller, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        model.addAttribute("name", "").addAttribute("problem", null);
        return FORMS + "app";
    }

    @GetMapping("/{app}/edit")
    String edit(Caller caller, Model model, @PathVariable String app) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        AppView found = apps.get(caller, EnvPath.app(app));
        return edit(model, found.name(), found.displayName(), null);
    }

    @PostMapping("/{app}/edit")
    @Nullable
    String rename(HttpServletResponse response, Caller caller, Form typed, Model model, @PathVariable String app) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        AppName name = EnvPath.app(app);
        try {
            AppView renamed = apps.rename(caller, name, DisplayName.of(typed.text("displayName")));
            Outcome.done(response, "The app " + name + " is shown as " + renamed.displayName() + " now.",
                    Topic.SECRETS, Topic.ACTIVITY);
            return null;
        } catch (InvalidValue e) {
            Outcome.refused(response);
            return edit(model, name, typed.text("displayName"), e.whatIsAllowed());
        }
    }

    @GetMapping("/{app}/remove")
    String remove(Caller caller, Model model, @PathVariable String app) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        model.addAttribute("app", apps.get(caller, EnvPath.app(app)).name());
        return FORMS + "app-remove";
    }

    @PostMapping("/{app}/remove")
    void removeNow(HttpServletResponse response, Caller caller, @PathVariable String app) {
        apps.remove(caller, EnvPath.app(app));
        Outcome.done(response, "Removed the app. It reads nothing any more.", Topic.SECRETS, Topic.ACTIVITY);
    }

    private static String edit(Model model, AppName app, String displayName, @Nullable String problem) {
        model.addAttribute("app", app).addAttribute("displayName", displayName).addAttribute("problem", problem);
        return FORMS + "app-edit";
    }

    @PostMapping
    @Nullable
    String register(HttpServletResponse response, Caller caller, Form typed, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        String problem;
        try {
            AppName name = AppName.of(typed.text("name"));
            apps.register(caller, name, DisplayName.of(name.value()));
            Outcome.done(response, "Registered the app " + name + ".", Topic.SECRETS, Topic.ACTIVITY);
            return null;
        } catch (InvalidValue e) {
            problem = e.whatIsAllowed();
        } catch (Rejected e) {
            if (e.rejection() != SecretsRejection.APP_TAKEN) {
                throw e;
            }
            problem = e.sentence();
        }
        Outcome.refused(response);
        model.addAttribute("name", typed.text("name")).addAttribute("problem", problem);
        return FORMS + "app";
    }
}
