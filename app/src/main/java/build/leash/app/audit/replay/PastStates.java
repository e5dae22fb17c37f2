package build.leash.app.audit.replay;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Rejected;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Telling a state costs as much as the history is long, while a request and a database connection wait for it: so only a
 * few are told at once on a node, and none for long.
 */
final class PastStates {

    static final int AT_ONCE = 3;
    /** After so many seconds the transaction that tells one ends. */
    static final int MAX_SECONDS = 60;
    /** More rows are no answer for a person, nor for the memory of a node. */
    static final int MAX_ROWS = 100_000;
    private static final long MAX_WAIT_SECONDS = 1;

    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if there is no place for it for a while */
    <T> T tell(Supplier<T> state) {
        try {
            if (!places.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
        try {
            return state.get();
        } finally {
            places.release();
        }
    }

    private static Rejected tooMany() {
        return new Rejected(AccessRejection.STORAGE_UNAVAILABLE,
                "As many past states as possible are being told at the moment.");
    }
}
