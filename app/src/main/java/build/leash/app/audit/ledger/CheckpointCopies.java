package build.leash.app.audit.ledger;

import build.leash.app.audit.ledger.StoredLedger.StoredCheckpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Takes the latest checkpoint to each place, once. A place that is out of reach is tried again after a pause that doubles,
 * {@value #MAX_ATTEMPTS} times at most, and then with the next checkpoint, which covers all that this one does.
 */
final class CheckpointCopies {

    static final int MAX_ATTEMPTS = 6;
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

    /** @param notBefore when the next attempt is due */
    private record Progress(long size, int attempts, boolean isDone, Instant notBefore) {

        boolean allows(long wanted, Instant now) {
            return size != wanted || (!isDone && attempts < MAX_ATTEMPTS && !now.isBefore(notBefore));
        }
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    synchronized void keepLatest() {
        try {
            if (!places.isEmpty()) {
                stored.latestCheckpoint().ifPresent(latest -> places.forEach(place -> keep(place, latest)));
            }
        } catch (DataAccessException e) {
            LOG.warn("The latest checkpoint cannot be read now: {}", e.getClass().getSimpleName());
        }
    }

    private void keep(CheckpointPlace place, StoredCheckpoint latest) {
        Progress before = progress.get(place);
        if (before != null && !before.allows(latest.size(), clock.instant())) {
            return;
        }
        int attempts = before == null || before.size() != latest.size() ? 1 : before.attempts() + 1;
        boolean isDone = false;
        try {
            place.keep(latest.size(), latest.note());
            isDone = true;
        } catch (IOException | RuntimeException e) {
            LOG.error("A checkpoint of {} events cannot be kept in {}, attempt {} of {}: {}", latest.size(), place,
                    attempts, MAX_ATTEMPTS, e.getClass().getSimpleName());
        }
        Instant notBefore = clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << (attempts - 1)));
        progress.put(place, new Progress(latest.size(), attempts, isDone, notBefore));
    }
}
