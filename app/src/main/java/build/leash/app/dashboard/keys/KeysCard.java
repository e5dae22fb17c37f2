package build.leash.app.dashboard.keys;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyView;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Permission;
import build.leash.access.api.Slug;
import build.leash.app.audit.readlog.LastReads;
import build.leash.app.dashboard.activity.Names;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the card for API keys shows. */
@Component
public final class KeysCard {

    static final int PER_PAGE = 20;

    private final ApiKeys keys;
    private final LastReads reads;
    private final Names names;
    private final Clock clock;

    KeysCard(ApiKeys keys, LastReads reads, Names names, Clock clock) {
        this.keys = keys;
        this.reads = reads;
        this.names = names;
        this.clock = clock;
    }

    /** @param reach what the key opens: its slugs, or its role */
    public record Row(String id, String name, String kind, String reach, @Nullable Instant expiresAt, boolean expired,
            @Nullable Instant lastUsedAt, Instant createdAt, String createdBy) {}

    /** @param after the id at which the page before ended; null, or what is no id, for the first page */
    public void addTo(Model model, Caller caller, @Nullable String after) {
        Page<ApiKeyView> page = keys.list(caller, new PageRequest(id(after), PER_PAGE));
        Map<ApiKeyId, Instant> used = reads.used(page.items().stream().map(ApiKeyView::id).toList());
        Map<String, String> actors = names.of(caller.organization(),
                page.items().stream().map(ApiKeyView::createdBy).distinct().toList());
        List<Row> rows = page.items().stream().map(key -> new Row(key.id().toString(), key.name(),
                key.kind().toString(), reach(key), key.expiresAt(), isOver(key), used.get(key.id()), key.createdAt(),
                actors.getOrDefault(key.createdBy(), ""))).toList();
        model.addAttribute("keys", rows).addAttribute("keysNext", page.next()).addAttribute("keysAfter", id(after))
                .addAttribute("mayManageKeys", caller.role().may(Permission.MANAGE_API_KEYS));
    }

    private boolean isOver(ApiKeyView key) {
        return key.expiresAt() != null && !key.expiresAt().isAfter(clock.instant());
    }

    private static String reach(ApiKeyView key) {
        if (key.role() != null) {
            return "does what the role " + key.role() + " may";
        }
        return key.slugs() == null
                ? "all servers"
                : key.slugs().stream().map(Slug::value).collect(Collectors.joining(", "));
    }

    private static @Nullable String id(@Nullable String text) {
        try {
            return text == null ? null : ApiKeyId.of(text).toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
