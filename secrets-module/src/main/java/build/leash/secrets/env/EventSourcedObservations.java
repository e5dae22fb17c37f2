package build.leash.secrets.env;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Writes;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SourceView.SyncView;
import build.leash.secrets.api.Vault;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private final Writes writes;
    private final Commands commands;
    private final Clock clock;

    EventSourcedObservations(StoredSources sources, StoredValues values, StoredSyncs syncs,
            EventSourcedNotifications notifications, Vault vault, Writes writes, Commands commands, Clock clock) {
        this.sources = sources;
        this.values = values;
        this.syncs = syncs;
        this.notifications = notifications;
        this.vault = vault;
        this.writes = writes;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Records an answer. Seals, and so needs the key management service, only if something became different; what is held
     * is opened before the write begins, so that no lock waits for that service.
     *
     * @return whether there is nothing to be asked again: false if the source, or what is held of it, became different
     *         since it was asked
     * @throws build.leash.access.api.Rejected {@link build.leash.secrets.api.SecretsRejection#SECRETS_UNAVAILABLE}
     */
    boolean answered(Caller caller, StoredSources.Row asked, Answer answer, boolean demanded) {
        Comparison compared = compare(asked, answer);
        return writes.exclusively(EventSourcedValues.subject(asked.id()), () -> {
            Optional<StoredSources.Row> source = unchanged(asked);
            if (source.isEmpty()) {
                return false;
            }
            if (isOvertaken(source.get(), answer.askedAt())) {
                return true;
            }
            if (!heldBy(asked).equals(compared.held())) {
                return false;
            }
            record(caller, source.get(), answer, compared, demanded);
            return true;
        });
    }

    /**
     * An answer beside what is held.
     *
     * @param different the keys whose values have to be sealed
     * @param sealer null if there are none
     */
    private record Comparison(Map<EnvKey, StoredValues.Held> held, Set<EnvKey> different, @Nullable Sealer sealer) {}

    private Comparison compare(StoredSources.Row source, Answer answer) {
        Map<EnvKey, StoredValues.Held> held = heldBy(source);
        Set<EnvKey> different = new HashSet<>();
        answer.values().forEach((key, plain) -> {
            StoredValues.Held before = held.get(key);
            if (before == null || !vault.holds(context(source, key), before.value(), plain)) {
                different.add(key);
            }
        });
        return new Comparison(held, different, different.isEmpty() ? null : vault.sealerFor(source.organization()));
    }

    private Map<EnvKey, StoredValues.Held> heldBy(StoredSources.Row source) {
        return values.heldBy(source.organization(), source.id()).stream()
                .collect(Collectors.toMap(StoredValues.Held::key, Function.identity()));
    }

    /** Whether somebody who asked later has recorded an answer already. */
    private static boolean isOvertaken(StoredSources.Row source, Instant askedAt) {
        SyncView sync = source.view().sync();
        return sync != null && sync.succeededAt() != null && sync.succeededAt().isAfter(askedAt);
    }

    private void record(Caller caller, StoredSources.Row source, Answer answer, Comparison compared,
            boolean demanded) {
        for (EnvKey key : compared.different()) {
            hold(caller, requireNonNull(compared.sealer()), source, key, requireNonNull(answer.values().get(key)));
        }
        Set<EnvKey> gone = new HashSet<>(compared.held().keySet());
        gone.removeAll(answer.values().keySet());
        gone.forEach(key -> letGo(caller, source, key));
        if (demanded || source.isFailing()) {
            commands.send(caller, new RecordAnswer(source.id(), demanded, answer.values().size(),
                    compared.different().size(), gone.size()));
        }
        if (source.isFailing()) {
            notifications.tell(source, null);
        }
        syncs.answered(source, answer.askedAt(), answer.keys());
    }

    /** Records that there is no answer, and whether the source is as it was when it was asked. */
    boolean failed(Caller caller, StoredSources.Row asked, Instant askedAt, String reason) {
        return tried(asked, askedAt, source -> {
            if (!source.isFailing()) {
                commands.send(caller, new RecordFailure(source.id(), reason));
                notifications.tell(source, reason);
            }
        });
    }

    /** Notes that asking came to nothing for a reason that is not the source's. Nobody is told, and no event says so. */
    void inVain(StoredSources.Row asked, Instant askedAt) {
        boolean _ = tried(asked, askedAt, source -> {});
    }

    private boolean tried(StoredSources.Row asked, Instant askedAt, Consumer<StoredSources.Row> then) {
        return writes.exclusively(EventSourcedValues.subject(asked.id()), () -> {
            Optional<StoredSources.Row> source = unchanged(asked);
            source.filter(found -> !isOvertaken(found, askedAt)).ifPresent(found -> {
                syncs.tried(found.organization(), found.id(), clock.instant());
                then.accept(found);
            });
            return source.isPresent();
        });
    }

    private Optional<StoredSources.Row> unchanged(StoredSources.Row asked) {
        return sources.find(asked.organization(), asked.id())
                .filter(now -> now.view().version() == asked.view().version());
    }

    private void hold(Caller caller, Sealer sealer, StoredSources.Row source, EnvKey key, PlainSecret plain) {
        OrganizationId organization = source.organization();
        SecretContext context = context(source, key);
        Optional<StoredValues.Entry> entry = values.entry(organization, source.id(), key);
        long version = entry.map(StoredValues.Entry::version).orElse(0L) + 1;
        SecretRef sealed = sealer.seal(context, version, plain);
        EnvEntryId id = new EnvEntryId(source.id(), key);
        commands.send(caller, entry.isEmpty()
                ? new HoldFirst(id, organization, sealed, null)
                : new Hold(id, sealed, null, null));
        vault.retire(context, version);
    }

    private void letGo(Caller caller, StoredSources.Row source, EnvKey key) {
        commands.send(caller, new LetGo(new EnvEntryId(source.id(), key)));
        vault.retire(context(source, key), Long.MAX_VALUE);
    }

    private static SecretContext context(StoredSources.Row source, EnvKey key) {
        return SourcePurpose.value(source.organization(), source.id(), key);
    }
}
