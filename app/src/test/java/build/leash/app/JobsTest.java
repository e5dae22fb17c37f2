package build.leash.app;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.RunningLeash;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.TaskScheduler;

class JobsTest {

    private static final int LIMIT_SECONDS = 30;

    /** For example for a webhook that does not answer. */
    @Test
    void letsNoJobWaitForAnother() throws InterruptedException {
        TaskScheduler scheduler = RunningLeash.shared().bean(TaskScheduler.class);
        CountDownLatch hasRun = new CountDownLatch(1);
        Future<?> waiting = scheduler.scheduleWithFixedDelay(() -> await(hasRun), Duration.ofHours(1));
        Future<?> other = scheduler.scheduleWithFixedDelay(hasRun::countDown, Duration.ofHours(1));
        try {
            assertThat(hasRun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            hasRun.countDown();
            waiting.cancel(true);
            other.cancel(true);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
