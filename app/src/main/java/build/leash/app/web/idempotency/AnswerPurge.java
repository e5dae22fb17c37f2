package build.leash.app.web.idempotency;

import build.leash.access.api.Writes;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Destroys kept answers once their time is over. Every node does it; none waits for another. */
@Component
class AnswerPurge {

    private final StoredAnswers answers;
    private final Writes writes;

    AnswerPurge(StoredAnswers answers, Writes writes) {
        this.answers = answers;
        this.writes = writes;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void purge() {
        int purged;
        do {
            purged = writes.inTransaction(answers::purge);
        } while (purged > 0);
    }
}
