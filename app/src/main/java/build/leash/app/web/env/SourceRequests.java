package build.leash.app.web.env;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceChange;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads sources as callers ask for them from their JSON. */
public final class SourceRequests {

    private SourceRequests() {}

    /** Only the default app may read a source that names no apps. */
    public static SourceRequest request(RequestFields body) {
        DisplayName name = body.required("name", DisplayName::of);
        SourceKind kind = body.required("kind", SourceKind::of);
        Map<String, String> settings = body.optionalTexts("settings");
        PlainSecret credential = body.optional("credential", PlainSecret::of);
        List<AppName> apps = apps(body);
        Long staleSeconds = body.optionalNumber("staleSeconds", 0, SourceRequest.MAX_STALE_SECONDS);
        return body.build(() -> new SourceRequest(requireNonNull(name), requireNonNull(kind),
                requireNonNullElse(settings, Map.of()), credential,
                requireNonNullElse(apps, List.of(AppName.DEFAULT)), requireNonNullElse(staleSeconds, 0L)));
    }

    public static SourceChange change(RequestFields body) {
        DisplayName name = body.optional("name", DisplayName::of);
        Map<String, String> settings = body.optionalTexts("settings");
        PlainSecret credential = body.optional("credential", PlainSecret::of);
        List<AppName> apps = apps(body);
        Long staleSeconds = body.optionalNumber("staleSeconds", 0, SourceRequest.MAX_STALE_SECONDS);
        return body.build(() -> new SourceChange(name, settings, credential, apps, staleSeconds));
    }

    private static @Nullable List<AppName> apps(RequestFields body) {
        return body.has("apps")
                ? body.requiredList("apps", Apps.MAX_APPS, AppName::of)
                : body.optionalList("apps", AppName::of);
    }
}
