package build.leash.app.dashboard.secrets;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.app.dashboard.activity.Names;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.app.web.env.EnvPath;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.ValueView;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Values of native sources: setting one, and bringing an earlier version back. None is ever shown. */
@Controller
@RequestMapping("/dashboard/organization/secrets/{id}")
class ValuePages {

    private static final String FORMS = "fragments/secret-forms :: ";

    private final NativeValues values;
    private final SecretSources sources;
    private final Names names;

    ValuePages(NativeValues values, SecretSources sources, Names names) {
        this.values = values;
        this.sources = sources;
        this.names = names;
    }

    /** @param present whether it is the version that is read now */
    public record VersionRow(long version, Instant changedAt, String changedBy, @Nullable Long restoredFrom,
            boolean present) {}

    @GetMapping("/value")
    String form(Caller caller, Model model, @PathVariable String id, @RequestParam(defaultValue = "") String key) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        show(caller, model, EnvPath.source(id), EnvKey.isValid(key) ? key : "", null);
        return FORMS + "value";
    }

    @PostMapping("/value")
    @Nullable
    String set(HttpServletResponse response, Caller caller, Form typed, Model model, @PathVariable String id) {
        SourceId source = EnvPath.source(id);
        try {
            ValueView value = values.set(caller, source, EnvKey.of(typed.text("key")),
                    new EnvValue(PlainSecret.of(typed.secret("value"))), null);
            Outcome.done(response, "Set " + value.key() + ". The next read sees version " + value.version() + ".",
                    Topic.SECRETS, Topic.ACTIVITY);
            return null;
        } catch (InvalidValue e) {
            Outcome.refused(response);
            show(caller, model, source, typed.text("key"), e.whatIsAllowed());
            return FORMS + "value";
        }
    }

    @GetMapping("/values/{key}/versions")
    String versions(Caller caller, Model model, @PathVariable String id, @PathVariable String key) {
        List<NativeValues.VersionView> kept = values.versions(caller, EnvPath.source(id), EnvPath.key(key));
        Map<String, String> actors = names.of(caller.organization(),
                kept.stream().map(NativeValues.VersionView::changedBy).distinct().toList());
        model.addAttribute("id", id).addAttribute("key", key)
                .addAttribute("mayChangeSources", caller.role().may(Permission.CHANGE_SOURCES))
                .addAttribute("versions", kept.stream().map(version -> new VersionRow(version.version(),
                        version.changedAt(), actors.getOrDefault(version.changedBy(), ""), version.restoredFrom(),
                        version.equals(kept.getFirst()))).toList());
        return FORMS + "versions";
    }

    @PostMapping("/values/{key}/roll-back")
    void rollBack(HttpServletResponse response, Caller caller, Form typed, @PathVariable String id,
            @PathVariable String key) {
        long version = version(typed.text("version"));
        ValueView value = values.rollBack(caller, EnvPath.source(id), EnvPath.key(key), version, null);
        Outcome.done(response, "Version " + version + " of " + key + " is back, as version " + value.version() + ".",
                Topic.SECRETS, Topic.ACTIVITY);
    }

    @PostMapping("/values/{key}/remove")
    void remove(HttpServletResponse response, Caller caller, @PathVariable String id, @PathVariable String key) {
        values.remove(caller, EnvPath.source(id), EnvPath.key(key), null);
        Outcome.done(response, "Removed " + key + ".", Topic.SECRETS, Topic.ACTIVITY);
    }

    private static long version(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Rejected(SecretsRejection.UNKNOWN_VERSION, "There is no such version.");
        }
    }

    private void show(Caller caller, Model model, SourceId source, String key, @Nullable String problem) {
        model.addAttribute("id", source.toString()).addAttribute("source", sources.get(caller, source).name())
                .addAttribute("key", key).addAttribute("problem", problem);
    }
}
