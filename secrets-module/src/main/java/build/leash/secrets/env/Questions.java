package build.leash.secrets.env;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.Vault;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.provider.ExternalSource.Question;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
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
 * Asks external sources, each one question at a time on this node, and has recorded what came of it. Whoever needs a
 * source that is being asked waits for the same answer.
 */
final class Questions implements AutoCloseable {

    /** How often a source is asked again because it was changed while it was asked. */
    private static final int MAX_ATTEMPTS = 3;

    private final StoredSources sources;
    private final StoredApps apps;
    private final EventSourcedObservations observations;
    private final Vault vault;
    private final Kinds kinds;
    private final Clock clock;
    private final ConcurrentHashMap<SourceId, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Questions(StoredSources sources, StoredApps apps, EventSourcedObservations observations, Vault vault, Kinds kinds,
            Clock clock) {
        this.sources = sources;
        this.apps = apps;
        this.observations = observations;
        this.vault = vault;
        this.kinds = kinds;
        this.clock = clock;
    }

    /** Asks a source, unless that is under way. Done when what came of it is recorded. */
    CompletableFuture<Void> ask(OrganizationId organization, SourceId id) {
        return ask(itself(organization), organization, id, false);
    }

    /**
     * Asks a source on somebody's demand, and waits until what came of it is recorded. A question from before the demand
     * is not good enough; those who demand at the same time share one, and the event names who was first.
     */
    void askNow(Caller caller, OrganizationId organization, SourceId id) {
        CompletableFuture<Void> earlier = underWay.get(id);
        if (earlier != null) {
            earlier.exceptionally(failed -> null).join();
        }
        await(ask(caller, organization, id, true));
    }

    /** Waits until a question is done with, and throws what went wrong. */
    static void await(CompletableFuture<Void> asked) {
        try {
            asked.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private CompletableFuture<Void> ask(Caller caller, OrganizationId organization, SourceId id, boolean demanded) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> others = underWay.putIfAbsent(id, mine);
        if (others != null) {
            return others;
        }
        threads.execute(() -> {
            @Nullable
            Throwable failed = null;
            try {
                askUntilRecorded(caller, organization, id, demanded);
            } catch (RuntimeException | Error e) {
                failed = e;
            }
            underWay.remove(id, mine); // first, so that those who waited can ask anew
            if (failed == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(failed);
            }
        });
        return mine;
    }

    private void askUntilRecorded(Caller caller, OrganizationId organization, SourceId id, boolean demanded) {
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
        } catch (Rejected e) {
            if (e.rejection() instanceof SecretsRejection) {
                observations.inVain(source, askedAt);
            }
            throw e;
        } finally {
            answer.values().forEach(PlainSecret::close);
        }
    }

    private Map<EnvKey, PlainSecret> fetch(StoredSources.Row source, Set<EnvKey> keys) throws OutboundFailure {
        OrganizationId organization = source.organization();
        Map<String, String> settings = source.view().settings();
        if (source.credential() == null) {
            return kinds.fetch(source.view().kind(), new Question(organization, settings, null, keys));
        }
        try (PlainSecret credential = vault.open(SourcePurpose.credential(organization, source.id()),
                source.credential())) {
            return kinds.fetch(source.view().kind(), new Question(organization, settings, credential, keys));
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
