package build.leash.sdk;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Gives up work that nobody waits for. */
final class Cancellation {

    private Cancellation() {}

    /** Whoever cancels the result cancels the work. */
    static void passOn(CompletableFuture<?> result, Future<?> work) {
        var unused = result.whenComplete((value, failure) -> {
            if (failure instanceof CancellationException) {
                work.cancel(true);
            }
        });
    }

    /** Waits. An interrupt gives the work up and stays set. */
    static <T> T await(CompletableFuture<T> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new LeashException(LeashErrorCode.NETWORK_ERROR, "Interrupted while waiting for Leash",
                    "Nothing is wrong with Leash; the thread was told to stop.", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        }
    }

    /** With the caller's stack, where the failure's own would only tell of HTTP threads. */
    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof LeashException leash) {
            return new LeashException(leash);
        }
        return failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }
}
