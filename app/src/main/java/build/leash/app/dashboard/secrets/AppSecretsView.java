package build.leash.app.dashboard.secrets;

import build.leash.access.api.ApiKeys;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.app.dashboard.activity.Names;
import build.leash.secrets.api.AppView;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.LastRead;
import build.leash.secrets.api.RuntimeEnv;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.api.ValueView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page of an app's env shows. */
@Component
public final class AppSecretsView {

    private final Apps apps;
    private final SecretSources sources;
    private final RuntimeEnv env;
    private final ApiKeys keys;
    private final Names names;
    private final SecretsView secrets;

    AppSecretsView(Apps apps, SecretSources sources, RuntimeEnv env, ApiKeys keys, Names names, SecretsView secrets) {
        this.apps = apps;
        this.sources = sources;
        this.env = env;
        this.keys = keys;
        this.names = names;
        this.secrets = secrets;
    }

    /**
     * A key that the app declares.
     *
     * @param source where it is read from; null if no source holds it
     * @param others the sources that hold it too, and lost to that one
     */
    public record KeyRow(String key, @Nullable String source, @Nullable Long version, @Nullable Instant changedAt,
            String changedBy, List<String> others, @Nullable Instant readAt, String readBy) {}

    public record SourceRow(String id, String name, String kind, boolean allowed) {}

    void addTo(Model model, Caller caller, AppName name) {
        AppView app = apps.get(caller, name);
        List<SourceView> all = sources.list(caller);
        Set<SourceId> allowed = all.stream().filter(source -> source.apps().contains(name)).map(SourceView::id)
                .collect(Collectors.toSet());
        Map<EnvKey, List<ValueView>> readable = sources.values(caller, null).stream()
                .filter(value -> allowed.contains(value.source())).collect(Collectors.groupingBy(ValueView::key));
        Map<EnvKey, LastRead> reads = env.lastReads(caller.organization(), name);
        Map<ApiKeyId, String> readers = keys.names(caller.organization(),
                reads.values().stream().map(LastRead::apiKey).distinct().toList());
        Map<String, String> actors = names.of(caller.organization(),
                readable.values().stream().flatMap(List::stream).map(ValueView::changedBy).distinct().toList());
        model.addAttribute("app", app)
                .addAttribute("keys",
                        app.keys().stream().map(key -> row(key, readable.getOrDefault(key, List.of()), reads.get(key),
                                readers, actors))
                                .toList())
                .addAttribute("appSources", all.stream().map(source -> new SourceRow(source.id().toString(),
                        source.name(), source.kind().toString(), allowed.contains(source.id()))).toList())
                .addAttribute("syncedBy",
                        app.syncedBy() == null ? "" : names.of(caller.organization(), app.syncedBy()));
        secrets.addRights(model, caller);
    }

    /** @param held under the key by the sources that the app may read, the winner first */
    private static KeyRow row(EnvKey key, List<ValueView> held, @Nullable LastRead read,
            Map<ApiKeyId, String> readers, Map<String, String> actors) {
        Instant readAt = read == null ? null : read.readAt();
        String readBy = read == null ? "" : readers.getOrDefault(read.apiKey(), "a revoked API key");
        if (held.isEmpty()) {
            return new KeyRow(key.value(), null, null, null, "", List.of(), readAt, readBy);
        }
        ValueView winner = held.getFirst();
        return new KeyRow(key.value(), winner.sourceName(), winner.version(), winner.changedAt(),
                actors.getOrDefault(winner.changedBy(), ""),
                held.stream().skip(1).map(ValueView::sourceName).toList(), readAt, readBy);
    }
}
