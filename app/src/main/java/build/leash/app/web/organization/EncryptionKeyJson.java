package build.leash.app.web.organization;

import build.leash.secrets.api.EncryptionKeyView;
import build.leash.secrets.api.KeyOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An organization's key on the wire. */
record EncryptionKeyJson(String state, @Nullable String provider, @Nullable String keyName,
        @Nullable KeyOrigin origin, @Nullable Instant assignedAt, @Nullable String primaryVersion,
        List<EncryptionKeyView.Version> versions, @Nullable String problem, long dataKeys, long secrets,
        List<EncryptionKeyView.Job> jobs, @Nullable String notice) {

    static EncryptionKeyJson of(EncryptionKeyView view) {
        EncryptionKeyView.Key key = view.key();
        String state = view.state().name().toLowerCase(Locale.ROOT);
        if (key == null) {
            return new EncryptionKeyJson(state, null, null, null, null, null, view.versions(), view.problem(),
                    view.dataKeys(), view.secrets(), view.jobs(), null);
        }
        return new EncryptionKeyJson(state, key.provider(), key.name(), key.origin(), key.assignedAt(),
                view.primaryVersion(), view.versions(), view.problem(), view.dataKeys(), view.secrets(), view.jobs(),
                notice(view.state(), key.origin()));
    }

    private static @Nullable String notice(EncryptionKeyView.State state, KeyOrigin origin) {
        return state == EncryptionKeyView.State.SHREDDED && origin == KeyOrigin.BROUGHT
                ? "The organization brought this key. Leash no longer uses it; it is yours to destroy."
                : null;
    }
}
