package build.leash.app.dashboard.secrets;

import build.leash.access.api.AppName;
import build.leash.app.dashboard.page.Form;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of a source, as typed or as the source is. Goes through the same rules as the API's JSON, and comes back with
 * what was typed, but for the credential.
 *
 * @param values by the names of the form's fields
 * @param problems what is wrong, one sentence each
 */
public record SourceForm(Map<String, String> values, List<String> problems) {

    /** The settings of each external kind; the form has a field {@code <kind>.<setting>} for each. */
    static final Map<String, List<String>> SETTINGS = Map.of("google-secret-manager", List.of("project", "prefix"),
            "doppler", List.of("project", "config"), "infisical",
            List.of("url", "projectId", "environment", "secretPath", "clientId"), "webhook", List.of("url"));

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    static SourceForm empty() {
        return new SourceForm(Map.of("kind", "native", "apps", AppName.DEFAULT.value(), "staleSeconds", "0"),
                List.of());
    }

    static SourceForm of(SourceView source) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", source.name());
        values.put("kind", source.kind().toString());
        values.put("version", Long.toString(source.version()));
        values.put("apps", source.apps().stream().map(AppName::value).collect(Collectors.joining(", ")));
        values.put("staleSeconds", Long.toString(source.staleSeconds()));
        source.settings().forEach((name, value) -> values.put(source.kind() + "." + name, value));
        return new SourceForm(values, List.of());
    }

    static SourceForm typed(Form form, String kind) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("kind", kind);
        for (String name : List.of("name", "apps", "staleSeconds", "version")) {
            values.put(name, form.text(name));
        }
        SETTINGS.getOrDefault(kind, List.of())
                .forEach(setting -> values.put(kind + "." + setting, form.text(kind + "." + setting)));
        return new SourceForm(values, List.of());
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Of the source when the form was opened; null for one that is to be added. */
    @Nullable
    Long version() {
        String version = value("version");
        return VERSION.matcher(version).matches() ? Long.valueOf(version) : null;
    }

    SourceForm refused(List<String> why) {
        return new SourceForm(values, List.copyOf(why));
    }

    /** @param withKind whether the kind is still to be said */
    RequestFields fields(String credential, boolean withKind) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", value("name"));
        if (withKind) {
            body.put("kind", value("kind"));
        }
        body.put("apps", Stream.of(value("apps").split("[\\s,]+")).filter(app -> !app.isEmpty()).toList());
        if (isExternal()) {
            body.put("staleSeconds", staleSeconds());
            body.put("settings", settings());
            if (!credential.isEmpty()) {
                body.put("credential", credential);
            }
        }
        return new RequestFields(JSON.valueToTree(body));
    }

    private boolean isExternal() {
        return !value("kind").equals(SourceKind.NATIVE.toString());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : SETTINGS.getOrDefault(value("kind"), List.of())) {
            String typed = value(value("kind") + "." + setting);
            if (!typed.isEmpty()) {
                settings.put(setting, typed);
            }
        }
        return settings;
    }

    /** What is no number is left to the rules of the API. */
    private @Nullable Object staleSeconds() {
        try {
            return Long.valueOf(value("staleSeconds"));
        } catch (NumberFormatException e) {
            return value("staleSeconds").isEmpty() ? null : value("staleSeconds");
        }
    }

}
