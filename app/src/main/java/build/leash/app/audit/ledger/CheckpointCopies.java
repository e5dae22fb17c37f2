package build.leash.app.audit.ledger;

import build.leash.app.audit.ledger.StoredLedger.StoredCheckpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Takes every checkpoint to each place, in their order: from the largest one that is there on, or from the latest one on
 * where that is not told. A place that is out of reach is tried again after a pause that doubles, {@value #MAX_ATTEMPTS}
 * times at most, and then when there is a new checkpoint, with all that it lacks.
 */
final class CheckpointCopies {

    static final int MAX_ATTEMPTS = 6;
    /** More wait for the next time, so that one place does not keep the others waiting. */
    static final int AT_ONCE = 100;
    private static final long UNKNOWN = -1;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCopies.class);

    private final StoredLedger stored;
    private final List<CheckpointPlace> places;
    private final Clock clock;
    private final Map<CheckpointPlace, Progress> progress = new HashMap<>();

    CheckpointCopies(StoredLedger stored, List<CheckpointPlace> places, Clock clock) {
        this.stored = stored;
        this.places = List.copyOf(places);
        this.clock = clock;
    }

    /**
     * How far a place is.
     *
     * @param kept the size of the last checkpoint that was taken there; {@value #UNKNOWN} before the first
     * @param latest the size of the latest one that there was then
     * @param failures since one was taken there, or since there was a new one
     * @param notBefore when the next attempt is due
     */
    private record Progress(long kept, long latest, int failures, Instant notBefore) {

        static final Progress NONE = new Progress(UNKNOWN, UNKNOWN, 0, Instant.MIN);

        boolean isDue(long newLatest, Instant now) {
            return newLatest != latest || (kept < latest && failures < MAX_ATTEMPTS && !now.isBefore(notBefore));
        }
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    synchronized void keepNew() {
        try {
            for (CheckpointPlace place : places) {
                stored.latestCheckpoint().ifPresent(latest -> keepNew(place, latest.size()));
            }
        } catch (DataAccessException e) {
            LOG.warn("Checkpoints cannot be read now: {}", e.getClass().getSimpleName());
        }
    }

    private void keepNew(CheckpointPlace place, long latest) {
        Progress before = progress.getOrDefault(place, Progress.NONE);
        if (!before.isDue(latest, clock.instant())) {
            return;
        }
        int failures = before.latest() == latest ? before.failures() : 0;
        long kept = before.kept();
        try {
            kept = kept == UNKNOWN ? start(place) : kept;
            for (StoredCheckpoint next : stored.checkpoints(kept, latest, AT_ONCE)) {
                place.keep(next.size(), next.note());
                kept = next.size();
                failures = 0;
            }
            progress.put(place, new Progress(kept, latest, 0, Instant.MIN));
        } catch (DataAccessException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failures++;
            LOG.error("A checkpoint cannot be kept in {}, attempt {} of {}: {}", place, failures, MAX_ATTEMPTS,
                    e.getClass().getSimpleName());
            Instant notBefore = clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << (failures - 1)));
            progress.put(place, new Progress(kept, latest, failures, notBefore));
        }
    }

    /** The size right before the last checkpoint that is there, so that it is taken there again, and compared. */
    private long start(CheckpointPlace place) throws IOException {
        OptionalLong largest = place.largest();
        long latest = stored.latestCheckpoint().map(StoredCheckpoint::size).orElse(0L);
        if (largest.orElse(latest) > latest) {
            LOG.error("The ledger has {} events, but a checkpoint of {} was kept in {}: is this an older backup?",
                    latest, largest.getAsLong(), place);
        }
        return Math.max(0, Math.min(largest.orElse(latest), latest) - 1);
    }
}
