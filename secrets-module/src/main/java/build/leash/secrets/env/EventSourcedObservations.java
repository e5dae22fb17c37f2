package build.leash.secrets.env;

import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.Writes;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SourceView.SyncView;
import build.leash.secrets.api.Vault;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what external sources answer into commands: one for each key that became different, none for what stayed. An
 * answer to a question that was changed meanwhile is thrown away.
 */
final class EventSourcedObservations {

    private final StoredSources sources;
    private final StoredValues values;
    private final StoredSyncs syncs;
    private final EventSourcedNotifications notifications;
    private final Vault vault;
    private final EventSourcedHoldings holdings;
    private final Writes writes;
    private final Commands commands;
    private final Clock clock;

    EventSourcedObservations(StoredSources sources, StoredValues values, StoredSyncs syncs,
            EventSourcedNotifications notifications, Vault vault, EventSourcedHoldings holdings, Writes writes,
            Commands commands,
            Clock clock) {
        this.sources = sources;
        this.values = values;
        this.syncs = syncs;
        this.notifications = notifications;
        this.vault = vault;
        this.holdings = holdings;
        this.writes = writes;
        this.commands = commands;
        this.clock = clock;
    }

    /** Records an answer, and whether the source is as it was when it was asked. */
    boolean answered(Caller caller, StoredSources.Row asked, Answer answer, boolean demanded) {
        Sealer sealer = vault.sealerFor(asked.organization());
        return writes.exclusively(EventSourcedHoldings.subject(asked.id()), () -> {
            Optional<StoredSources.Row> source = unchanged(asked);
            source.filter(found -> !isOvertaken(found, answer.askedAt()))
                    .ifPresent(found -> record(caller, sealer, found, answer, demanded));
            return source.isPresent();
        });
    }

    /** Whether somebody who asked later has recorded an answer already. */
    private static boolean isOvertaken(StoredSources.Row source, Instant askedAt) {
        SyncView sync = source.view().sync();
        return sync != null && sync.succeededAt() != null && sync.succeededAt().isAfter(askedAt);
    }

    private void record(Caller caller, Sealer sealer, StoredSources.Row source, Answer answer, boolean demanded) {
        Map<EnvKey, StoredValues.Held> before = new HashMap<>();
        values.heldBy(source.organization(), source.id()).forEach(held -> before.put(held.key(), held));
        int changed = 0;
        for (Map.Entry<EnvKey, PlainSecret> entry : answer.values().entrySet()) {
            changed += hold(caller, sealer, new EnvEntryId(source.id(), entry.getKey()), entry.getValue(),
                    before.remove(entry.getKey()));
        }
        before.keySet().forEach(gone -> holdings.letGo(caller, new EnvEntryId(source.id(), gone), null));
        if (demanded || source.isFailing()) {
            commands.send(caller,
                    new RecordAnswer(source.id(), demanded, answer.values().size(), changed, before.size()));
        }
        if (source.isFailing()) {
            notifications.tell(source, null);
        }
        syncs.answered(source, answer.askedAt(), answer.keys());
    }

    /** Records that there is no answer, and whether the source is as it was when it was asked. */
    boolean failed(Caller caller, StoredSources.Row asked, Instant askedAt, String reason) {
        return writes.exclusively(EventSourcedHoldings.subject(asked.id()), () -> {
            Optional<StoredSources.Row> source = unchanged(asked);
            source.filter(found -> !isOvertaken(found, askedAt)).ifPresent(found -> {
                syncs.tried(found.organization(), found.id(), clock.instant());
                if (!found.isFailing()) {
                    commands.send(caller, new RecordFailure(found.id(), reason));
                    notifications.tell(found, reason);
                }
            });
            return source.isPresent();
        });
    }

    private Optional<StoredSources.Row> unchanged(StoredSources.Row asked) {
        return sources.find(asked.organization(), asked.id())
                .filter(now -> now.view().version() == asked.view().version());
    }

    /** @return 1 if it became different, else 0 */
    private int hold(Caller caller, Sealer sealer, EnvEntryId id, PlainSecret plain,
            StoredValues.@Nullable Held before) {
        SecretContext context = SourcePurpose.value(caller.organization(), id.source(), id.key());
        if (before != null && isSame(context, before.value(), plain)) {
            return 0;
        }
        holdings.hold(caller, sealer, id, plain, 1, null, null);
        return 1;
    }

    private boolean isSame(SecretContext context, SecretRef before, PlainSecret now) {
        try (PlainSecret opened = vault.open(context, before)) {
            return MessageDigest.isEqual(opened.bytes(), now.bytes());
        }
    }
}
