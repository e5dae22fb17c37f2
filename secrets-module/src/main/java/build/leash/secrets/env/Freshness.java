package build.leash.secrets.env;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Role;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceView.SyncView;
import build.leash.secrets.api.Vault;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.provider.ExternalSource;
import build.leash.secrets.provider.ExternalSource.Question;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Asks external sources whose last answer is too old, or was to another question. Whoever needs a source that this node
 * is asking waits for the same answer; several sources are asked at once. Reads on two nodes may both ask, and what they
 * are answered is recorded one after the other: of an answer that somebody has overtaken, nothing.
 */
final class Freshness implements AutoCloseable {

    /** How often a source is asked again because it was changed while it was asked. */
    private static final int MAX_ATTEMPTS = 3;

    private final StoredSources sources;
    private final StoredApps apps;
    private final EventSourcedObservations observations;
    private final Vault vault;
    private final Kinds kinds;
    private final EnvProperties properties;
    private final Clock clock;
    private final ConcurrentHashMap<SourceId, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Freshness(StoredSources sources, StoredApps apps, EventSourcedObservations observations, Vault vault,
            Kinds kinds, EnvProperties properties, Clock clock) {
        this.sources = sources;
        this.apps = apps;
        this.observations = observations;
        this.vault = vault;
        this.kinds = kinds;
        this.properties = properties;
        this.clock = clock;
    }

    /** The sources as they are once each has been asked that had to be. */
    List<StoredSources.Row> refreshed(List<StoredSources.Row> all, Collection<EnvKey> keys) {
        List<StoredSources.Row> due = all.stream().filter(source -> source.isExternal() && isDue(source, keys))
                .toList();
        if (due.isEmpty()) {
            return all;
        }
        due.stream().map(source -> askOnce(source.organization(), source.id())).toList().forEach(Freshness::await);
        return all.stream().map(source -> due.contains(source)
                ? sources.find(source.organization(), source.id()).orElse(source)
                : source).toList();
    }

    /** Asks a source whatever its last answer, on somebody's demand. */
    void askNow(Caller caller, OrganizationId organization, SourceId id) {
        ask(caller, organization, id, true);
    }

    /** Asks a source because it is time to. */
    void ask(OrganizationId organization, SourceId id) {
        ask(itself(organization), organization, id, false);
    }

    /** Whether a read has to be turned down because of the source: it gives no answer, and its last one is too old. */
    boolean isDown(StoredSources.Row source) {
        SyncView sync = source.view().sync();
        if (sync == null || sync.failingSince() == null) {
            return false;
        }
        Instant succeeded = sync.succeededAt();
        return succeeded == null
                || !clock.instant().isBefore(succeeded.plusSeconds(source.view().staleSeconds()));
    }

    private boolean isDue(StoredSources.Row source, Collection<EnvKey> keys) {
        SyncView sync = Objects.requireNonNull(source.view().sync());
        if (sync.failingSince() != null) {
            return isOlder(sync.triedAt(), properties.retryEvery().toMillis());
        }
        boolean isCovered = keys.stream().allMatch(key -> source.asked().contains(key.value()));
        return !isCovered || isOlder(sync.succeededAt(), properties.maxAge().toMillis());
    }

    private boolean isOlder(@Nullable Instant when, long millis) {
        return when == null || clock.instant().isAfter(when.plusMillis(millis));
    }

    private CompletableFuture<Void> askOnce(OrganizationId organization, SourceId id) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> others = underWay.putIfAbsent(id, mine);
        if (others != null) {
            return others;
        }
        Caller caller = itself(organization);
        threads.execute(() -> {
            try {
                ask(caller, organization, id, false);
                mine.complete(null);
            } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
            } finally {
                underWay.remove(id, mine);
            }
        });
        return mine;
    }

    private void ask(Caller caller, OrganizationId organization, SourceId id, boolean demanded) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            StoredSources.Row source = sources.find(organization, id).orElse(null);
            if (source == null || !source.isExternal() || isRecorded(caller, source, demanded)) {
                return;
            }
        }
    }

    private boolean isRecorded(Caller caller, StoredSources.Row source, boolean demanded) {
        Set<EnvKey> keys = new HashSet<>(apps.declaredBy(source.organization(), source.view().apps()));
        Instant askedAt = clock.instant();
        Map<EnvKey, PlainSecret> answer = Map.of();
        try {
            answer = fetch(source, keys);
            return observations.answered(caller, source, new Answer(askedAt, keys, answer), demanded);
        } catch (OutboundFailure e) {
            return observations.failed(caller, source, askedAt, e.reason());
        } finally {
            answer.values().forEach(PlainSecret::close);
        }
    }

    private Map<EnvKey, PlainSecret> fetch(StoredSources.Row source, Set<EnvKey> keys) throws OutboundFailure {
        ExternalSource kind = kinds.external(source.view().kind());
        if (source.credential() == null) {
            return kind.fetch(new Question(source.view().settings(), null, keys));
        }
        try (PlainSecret credential = vault.open(SourcePurpose.credential(source.organization(), source.id()),
                source.credential())) {
            return kind.fetch(new Question(source.view().settings(), credential, keys));
        }
    }

    private static void await(CompletableFuture<Void> asked) {
        try {
            asked.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Acts for whoever's request made it necessary, whose id the log's lines carry too. */
    private static Caller itself(OrganizationId organization) {
        String requestId = MDC.get("requestId");
        return new Caller(organization, Actor.system("env-sync"), Role.OWNER,
                requestId == null ? UUID.randomUUID().toString() : requestId);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
