package build.leash.app.dashboard.secrets;

import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Permission;
import build.leash.app.dashboard.activity.Names;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceNotifications;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.api.ValueView;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page for secret sources shows. */
@Component
public final class SecretsView {

    static final int KEYS_PER_PAGE = 50;

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
    public record SourceRow(String id, String name, String kind, boolean external, String apps, int keys,
            @Nullable String problem, @Nullable Instant failingSince, @Nullable Instant succeededAt) {}

    /** @param standing {@code wins} or {@code overridden} where several sources hold the key; else empty */
    public record ValueRow(String key, String sourceId, String source, boolean external, long version,
            Instant changedAt, String changedBy, String standing) {}

    /** @param removable whether it can be removed: the default app is always there */
    public record AppRow(String name, String displayName, int keys, boolean removable) {}

    /** @param after the last key of the page before; null, or what is no key, for the first page */
    void addTo(Model model, Caller caller, @Nullable String after) {
        String cursor = after != null && EnvKey.isValid(after) ? after : null;
        List<SourceView> all = sources.list(caller);
        Map<SourceId, Integer> counts = sources.counts(caller);
        Page<ValueView> page = sources.valuesByKey(caller, new PageRequest(cursor, KEYS_PER_PAGE));
        Plan plan = addRights(model, caller);
        model.addAttribute("sources", all.stream().map(source -> row(source, counts)).toList())
                .addAttribute("values", rows(caller, all, page.items())).addAttribute("next", page.next())
                .addAttribute("after", cursor).addAttribute("plan", plan.toString())
                .addAttribute("requiredPlan", Feature.RUNTIME_ENV.from().toString())
                .addAttribute("apps", apps.list(caller).stream()
                        .map(app -> new AppRow(app.name().value(), app.displayName(), app.keys().size(),
                                !app.name().equals(AppName.DEFAULT)))
                        .toList())
                .addAttribute("notified", notifications.get(caller).map(found -> found.url()).orElse(null));
    }

    Plan addRights(Model model, Caller caller) {
        Plan plan = subscriptions.get(caller).plan();
        model.addAttribute("entitled", plan.includes(Feature.RUNTIME_ENV)).addAttribute("mayChangeSources",
                caller.role().may(Permission.CHANGE_SOURCES));
        return plan;
    }

    private static SourceRow row(SourceView source, Map<SourceId, Integer> counts) {
        SourceView.SyncView sync = source.sync();
        Instant failing = sync == null ? null : sync.failingSince();
        return new SourceRow(source.id().toString(), source.name(), source.kind().toString(),
                source.kind().isExternal(), source.apps().stream().map(AppName::value)
                        .collect(Collectors.joining(", ")),
                counts.getOrDefault(source.id(), 0),
                failing == null || sync == null ? null : String.valueOf(sync.failure()).replace('_', ' '), failing,
                sync == null ? null : sync.succeededAt());
    }

    private List<ValueRow> rows(Caller caller, List<SourceView> all, List<ValueView> values) {
        Map<String, String> actors = names.of(caller.organization(),
                values.stream().map(ValueView::changedBy).distinct().toList());
        Map<SourceId, Set<AppName>> readers = all.stream()
                .collect(Collectors.toMap(SourceView::id, source -> Set.copyOf(source.apps())));
        Map<EnvKey, List<ValueView>> byKey = values.stream().collect(Collectors.groupingBy(ValueView::key));
        return values.stream().map(value -> new ValueRow(value.key().value(), value.source().toString(),
                value.sourceName(), value.kind().isExternal(), value.version(), value.changedAt(),
                actors.getOrDefault(value.changedBy(), ""),
                standing(value, byKey.getOrDefault(value.key(), List.of()), readers))).toList();
    }

    /**
     * Sources collide where one app may read both.
     *
     * @param ofTheKey what all sources hold under the key, the winner first
     */
    private static String standing(ValueView value, List<ValueView> ofTheKey, Map<SourceId, Set<AppName>> readers) {
        Set<AppName> apps = readers.getOrDefault(value.source(), Set.of());
        List<ValueView> rivals = ofTheKey.stream().filter(other -> other.equals(value)
                || !Collections.disjoint(apps, readers.getOrDefault(other.source(), Set.of()))).toList();
        if (rivals.size() < 2) {
            return "";
        }
        return rivals.getFirst().equals(value) ? "wins" : "overridden";
    }
}
