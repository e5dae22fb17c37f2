package build.leash.access.revision;

import build.leash.access.api.Confirmation;
import build.leash.access.api.OrganizationId;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Those who are answered by the same query. */
final class Batch {

    private final long opened = System.nanoTime();
    private final Set<OrganizationId> organizations = new HashSet<>();
    private final CompletableFuture<Map<OrganizationId, Confirmation>> answer = new CompletableFuture<>();

    /** Only until it is sent, and under the fence's lock. */
    void join(OrganizationId organization) {
        organizations.add(organization);
    }

    /** Nanoseconds since it was opened. */
    long age() {
        return System.nanoTime() - opened;
    }

    boolean isFull() {
        return organizations.size() >= RevisionFence.MAX_BATCH;
    }

    Set<OrganizationId> organizations() {
        return organizations;
    }

    void answer(Map<OrganizationId, Confirmation> found) {
        answer.complete(found);
    }

    void fail(Throwable why) {
        answer.completeExceptionally(why);
    }

    /** Waits for the answer, which comes or fails in the time that its sender has for it. */
    Confirmation of(OrganizationId organization) {
        try {
            return Objects.requireNonNull(answer.join().get(organization));
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
