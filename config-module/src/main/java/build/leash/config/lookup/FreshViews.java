package build.leash.config.lookup;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppKeys;
import build.leash.access.api.Confirmation;
import build.leash.access.api.KeyHash;
import build.leash.access.api.Rejected;
import build.leash.access.api.Revisions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Views from memory that are as fresh as if they were read from the database.
 *
 * <p>
 * <b>The promise.</b> A change that was acknowledged to anybody, by any node, before a request began is in the view that
 * answers the request.
 *
 * <p>
 * <b>Why it holds.</b>
 * <ol>
 * <li>Every change is an event, and its transaction gives the organization a revision that it never had before
 * ({@code RevisionProjection}). It is acknowledged after it is committed, and what is committed is visible to every query
 * that is sent later: on the primary always, on a standby if the primary waits for it ({@code remote_apply}).
 * <li>A view is read in one transaction at repeatable read, together with the revision. So it holds exactly what the
 * organization had at that revision, and whatever is remembered from it carries the revision.
 * <li>From memory comes an answer only if the key with its plan and the endpoint carry one and the same revision, and a
 * query that was <em>sent after the request had come in</em> says that the organization has this revision
 * ({@code RevisionFence}). An acknowledged change before the request would have shown there as another one. No clock,
 * lease or message between nodes is part of this, so neither a node that was stopped for an hour nor one that is cut off
 * from the others can be wrong; one that is cut off from the database has no answer.
 * <li>Whatever is not answered from memory is read after the request has come in. This includes every key and every slug
 * that are not there: memory knows only what there is, so nothing that was issued or registered just now is denied.
 * <li>Key, plan, endpoint and secrets of an answer are of the same moment. No request gets a new secret with an old key.
 * </ol>
 * Secrets that are sealed anew change without an event until the end of that work; the old ciphertext opens to the same
 * plaintext as long as its data key is there, and is read again after that. How KMS answers, and what expires, is judged
 * for each request.
 *
 * <p>
 * What many ask for at once is read once. Who finds it being read does not take the result, which may be of a moment
 * before its own request, but waits and then confirms it like everything in memory.
 */
final class FreshViews {

    /** Who still finds nothing after so many others' reads, for example because the key is wrong, reads on its own. */
    private static final int MAX_WAITS = 2;

    private final ViewSource views;
    private final Revisions revisions;
    private final Memory memory;
    private final ReadCounts counts;
    private final Clock clock;
    private final long staleFor;
    private final ConcurrentHashMap<Asking, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    private record Asking(KeyHash hash, String slug) {}

    /** Whoever wants to know of the app, told once, and before anything more is done for it. */
    private static final class Arrival {

        private final Consumer<AppKey> known;
        private boolean isKnown;

        Arrival(Consumer<AppKey> known) {
            this.known = known;
        }

        void is(AppKeys.Known key, Instant at) {
            AppKey app = key.at(at);
            if (!isKnown) {
                isKnown = true;
                known.accept(app);
            }
        }
    }

    /**
     * Views read from there and remembered here.
     *
     * @param staleFor how long after it was last confirmed something in memory serves while the database is out of reach;
     *        zero for not at all
     */
    FreshViews(ViewSource views, Revisions revisions, Memory memory, ReadCounts counts, Clock clock,
            Duration staleFor) {
        this.views = views;
        this.revisions = revisions;
        this.memory = memory;
        this.counts = counts;
        this.clock = clock;
        this.staleFor = staleFor.toNanos();
    }

    /**
     * The view of a key in force on a slug.
     *
     * @param known told whose key it is once that is certain: before the slug is read, if memory knows the key. What it
     *        throws ends the request
     * @throws Rejected {@link AccessRejection#INVALID_API_KEY} if there is no such key, or not any more
     */
    View of(KeyHash hash, String slug, Consumer<AppKey> known) {
        Asking asking = new Asking(hash, slug);
        Arrival arrival = new Arrival(known);
        for (int waits = 0; waits < MAX_WAITS; waits++) {
            View remembered = fromMemory(hash, slug, arrival);
            if (remembered != null) {
                return remembered;
            }
            CompletableFuture<Void> mine = new CompletableFuture<>();
            CompletableFuture<Void> others = underWay.putIfAbsent(asking, mine);
            if (others == null) {
                try {
                    return read(hash, slug, arrival);
                } finally {
                    underWay.remove(asking, mine);
                    mine.complete(null);
                }
            }
            others.join();
        }
        return read(hash, slug, arrival);
    }

    private @Nullable View fromMemory(KeyHash hash, String slug, Arrival arrival) {
        Memory.KnownKey before = memory.key(hash);
        if (before == null) {
            return null;
        }
        long asked = System.nanoTime();
        Confirmation now;
        try {
            now = revisions.confirm(before.organization());
        } catch (DataAccessException | TransactionException | Rejected e) {
            return stale(before, slug, arrival, e);
        }
        Memory.KnownKey key = memory.key(hash);
        if (key == null || !key.revision().equals(now.revision())) {
            return null;
        }
        if (staleFor > 0) {
            key.confirmedAt(asked);
        }
        return view(key, slug, arrival, now, Duration.ZERO);
    }

    private @Nullable View view(Memory.KnownKey key, String slug, Arrival arrival, Confirmation of, Duration age) {
        arrival.is(key.key(), of.at());
        SealedEndpoint endpoint = null;
        if (View.mayLook(key.key(), key.plan(), slug)) {
            endpoint = memory.endpoint(key.organization(), slug, key.revision());
            if (endpoint == null) {
                return null;
            }
        }
        counts.fromMemory(age);
        return new View(key.revision(), key.key(), key.plan(), endpoint, of.at(), age);
    }

    /** What is known of the time when the database was last reached, if the operator wants that. */
    private View stale(Memory.KnownKey key, String slug, Arrival arrival, RuntimeException outOfReach) {
        long age = System.nanoTime() - key.confirmedAt();
        View view = age < staleFor
                ? view(key, slug, arrival, new Confirmation(key.revision(), clock.instant()), Duration.ofNanos(age))
                : null;
        if (view == null) {
            throw outOfReach;
        }
        return view;
    }

    private View read(KeyHash hash, String slug, Arrival arrival) {
        long before = System.nanoTime();
        counts.read();
        View view = views.read(hash, slug).orElse(null);
        if (view == null) {
            memory.forget(hash);
            throw AppKeys.notValid();
        }
        memory.remember(hash, view, slug, before);
        arrival.is(view.key(), view.at());
        return view;
    }
}
