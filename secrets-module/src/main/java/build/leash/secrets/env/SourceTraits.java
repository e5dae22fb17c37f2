package build.leash.secrets.env;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.secrets.api.SecretRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an owner can change about a source. */
record SourceTraits(DisplayName name, Map<String, String> settings, @Nullable SecretRef credential,
        List<AppName> apps, long staleSeconds) {

    SourceTraits withoutApp(AppName app) {
        return new SourceTraits(name, settings, credential,
                apps.stream().filter(allowed -> !allowed.equals(app)).toList(), staleSeconds);
    }
}
