package build.leash.secrets.env;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Rejected;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceView.SyncView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has external sources asked whose last answer is too old, or was to another question, and says whether a read can rely
 * on what they answered last. A source is in trouble if asking it came to nothing since: because it fails, or in vain,
 * for a reason of our own such as a key management service that is out of reach.
 */
final class Freshness {

    private final StoredSources sources;
    private final Questions questions;
    private final EnvProperties properties;
    private final Clock clock;

    Freshness(StoredSources sources, Questions questions, EnvProperties properties, Clock clock) {
        this.sources = sources;
        this.questions = questions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The sources as they are once each has been asked that had to be, several at once. One in trouble whose last answer
     * may be served meanwhile is asked behind the reader's back.
     */
    List<StoredSources.Row> refreshed(List<StoredSources.Row> all, Collection<EnvKey> keys) {
        List<StoredSources.Row> once = asked(all, keys, source -> isDue(source, keys));
        // A question that somebody else had under way may be from before a manifest named the key.
        return asked(once, keys, source -> !isInTrouble(source) && !isAnswered(source, keys));
    }

    private List<StoredSources.Row> asked(List<StoredSources.Row> all, Collection<EnvKey> keys,
            Predicate<StoredSources.Row> due) {
        Set<SourceId> asked = new HashSet<>();
        List<CompletableFuture<Void>> awaited = new ArrayList<>();
        all.stream().filter(StoredSources.Row::isExternal).filter(due).forEach(source -> {
            CompletableFuture<Void> question = questions.ask(source.organization(), source.id());
            asked.add(source.id());
            if (!isServedMeanwhile(source, keys)) {
                awaited.add(question);
            }
        });
        awaited.forEach(Freshness::await);
        return all.stream().flatMap(source -> asked.contains(source.id())
                ? sources.find(source.organization(), source.id()).stream()
                : Stream.of(source)).toList();
    }

    /** What is wrong at ours was noted, and matters only to keys that need a newer answer. */
    private static void await(CompletableFuture<Void> question) {
        try {
            Questions.await(question);
        } catch (Rejected e) {
            if (!(e.rejection() instanceof SecretsRejection)) {
                throw e;
            }
        }
    }

    /** Why a read of this key cannot rely on what the source answered last; empty if it can. */
    Optional<SecretsRejection> objection(StoredSources.Row source, EnvKey key) {
        if (!source.isExternal()) {
            return Optional.empty();
        }
        boolean isRecent = !isInTrouble(source) || isWithin(sync(source).succeededAt(), allowedAge(source));
        if (isRecent && source.asked().contains(key.value())) {
            return Optional.empty();
        }
        return Optional.of(isInTrouble(source) && !source.isFailing()
                ? SecretsRejection.SECRETS_UNAVAILABLE
                : SecretsRejection.SOURCE_UNREACHABLE);
    }

    private boolean isDue(StoredSources.Row source, Collection<EnvKey> keys) {
        boolean isFresh = !source.isFailing() && isAnswered(source, keys)
                && isWithin(sync(source).succeededAt(), properties.maxAge());
        boolean isLeftAlone = isInTrouble(source) && isWithin(sync(source).triedAt(), properties.retryEvery());
        return !isFresh && !isLeftAlone;
    }

    private boolean isServedMeanwhile(StoredSources.Row source, Collection<EnvKey> keys) {
        return isInTrouble(source) && keys.stream().allMatch(key -> objection(source, key).isEmpty());
    }

    private static boolean isInTrouble(StoredSources.Row source) {
        Instant tried = sync(source).triedAt();
        Instant succeeded = sync(source).succeededAt();
        return source.isFailing() || (tried != null && (succeeded == null || tried.isAfter(succeeded)));
    }

    private static boolean isAnswered(StoredSources.Row source, Collection<EnvKey> keys) {
        return keys.stream().allMatch(key -> source.asked().contains(key.value()));
    }

    /** How old the last answer may be while there is none that is newer. */
    private Duration allowedAge(StoredSources.Row source) {
        Duration stale = Duration.ofSeconds(source.view().staleSeconds());
        return source.isFailing() || stale.compareTo(properties.maxAge()) > 0 ? stale : properties.maxAge();
    }

    private boolean isWithin(@Nullable Instant when, Duration time) {
        return when != null && clock.instant().isBefore(when.plus(time));
    }

    private static SyncView sync(StoredSources.Row source) {
        return requireNonNull(source.view().sync());
    }
}
