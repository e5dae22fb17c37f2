package build.leash.secrets.api;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source as somebody asks for it.
 *
 * @param settings what its kind needs to know that is no secret, for example a project
 * @param credential what its kind asks with; null if it needs none
 * @param apps the apps that may read it, of which there are at most {@link Apps#MAX_APPS}
 * @param staleSeconds how long the last good value is served while the source gives no answer; 0 for not at all
 */
public record SourceRequest(DisplayName name, SourceKind kind, Map<String, String> settings,
        @Nullable PlainSecret credential, List<AppName> apps, long staleSeconds) {

    /** A week. */
    public static final long MAX_STALE_SECONDS = 604_800;

    public SourceRequest {
        settings = Map.copyOf(settings);
        apps = apps.stream().distinct().sorted().toList();
    }

    @Override
    public String toString() {
        return "SourceRequest[" + kind + "]";
    }
}
