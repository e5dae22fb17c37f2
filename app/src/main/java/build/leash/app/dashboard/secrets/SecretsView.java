package build.leash.app.dashboard.secrets;

import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.app.dashboard.activity.Names;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Subscriptions;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceNotifications;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.api.ValueView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page for secret sources shows. */
@Component
public final class SecretsView {

    private final SecretSources sources;
    private final Apps apps;
    private final SourceNotifications notifications;
    private final Subscriptions subscriptions;
    private final Names names;

    SecretsView(SecretSources sources, Apps apps, SourceNotifications notifications, Subscriptions subscriptions,
            Names names) {
        this.sources = sources;
        this.apps = apps;
        this.notifications = notifications;
        this.subscriptions = subscriptions;
        this.names = names;
    }

    /** @param problem why an external source gives no answer, in words; null if it does */
    public record SourceRow(String id, String name, String kind, boolean external, String apps, long keys,
            @Nullable String problem, @Nullable Instant failingSince, @Nullable Instant succeededAt) {}

    /** @param standing {@code wins} or {@code overridden} where several sources hold the key; else empty */
    public record ValueRow(String key, String sourceId, String source, boolean external, long version,
            Instant changedAt, String changedBy, String standing) {}

    /** @param removable whether it can be removed: the default app is always there */
    public record AppRow(String name, String displayName, int keys, boolean removable) {}

    void addTo(Model model, Caller caller) {
        List<SourceView> all = sources.list(caller);
        List<ValueView> values = sources.values(caller, null);
        model.addAttribute("sources", all.stream().map(source -> row(source, values)).toList())
                .addAttribute("values", rows(caller, all, values))
                .addAttribute("apps", apps.list(caller).stream()
                        .map(app -> new AppRow(app.name().value(), app.displayName(), app.keys().size(),
                                !app.name().equals(AppName.DEFAULT)))
                        .toList())
                .addAttribute("notified", notifications.get(caller).map(found -> found.url()).orElse(null));
        addRights(model, caller);
    }

    void addRights(Model model, Caller caller) {
        model.addAttribute("entitled", subscriptions.get(caller).plan().includes(Feature.RUNTIME_ENV))
                .addAttribute("requiredPlan", Feature.RUNTIME_ENV.from().toString())
                .addAttribute("plan", subscriptions.get(caller).plan().toString())
                .addAttribute("mayChangeSources", caller.role().may(Permission.CHANGE_SOURCES));
    }

    private static SourceRow row(SourceView source, List<ValueView> values) {
        SourceView.SyncView sync = source.sync();
        Instant failing = sync == null ? null : sync.failingSince();
        return new SourceRow(source.id().toString(), source.name(), source.kind().toString(),
                source.kind().isExternal(), source.apps().stream().map(AppName::value)
                        .collect(Collectors.joining(", ")),
                values.stream().filter(value -> value.source().equals(source.id())).count(),
                failing == null || sync == null ? null : String.valueOf(sync.failure()).replace('_', ' '), failing,
                sync == null ? null : sync.succeededAt());
    }

    private List<ValueRow> rows(Caller caller, List<SourceView> all, List<ValueView> values) {
        Map<String, String> actors = names.of(caller.organization(),
                values.stream().map(ValueView::changedBy).distinct().toList());
        return values.stream().map(value -> new ValueRow(value.key().value(), value.source().toString(),
                value.sourceName(), value.kind().isExternal(), value.version(), value.changedAt(),
                actors.getOrDefault(value.changedBy(), ""), standing(value, all, values))).toList();
    }

    /** Sources collide where one app may read both. The values come with the winner of each key first. */
    private static String standing(ValueView value, List<SourceView> all, List<ValueView> values) {
        List<ValueView> rivals = values.stream()
                .filter(other -> other.key().equals(value.key()) && shareAnApp(all, other, value)).toList();
        if (rivals.size() < 2) {
            return "";
        }
        return rivals.getFirst().equals(value) ? "wins" : "overridden";
    }

    private static boolean shareAnApp(List<SourceView> all, ValueView one, ValueView other) {
        List<AppName> ofTheOther = appsOf(all, other);
        return appsOf(all, one).stream().anyMatch(ofTheOther::contains) || one.equals(other);
    }

    private static List<AppName> appsOf(List<SourceView> all, ValueView value) {
        return all.stream().filter(source -> source.id().equals(value.source())).findFirst().map(SourceView::apps)
                .orElse(List.of());
    }
}
