package build.leash.secrets.lifecycle;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** One thread for jobs and one for destroying what is old: no long job keeps a node from it. */
final class BackgroundWork implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final long STOP_LIMIT_SECONDS = 10;

    private final StoredJobs jobs;
    private final JobRunner runner;
    private final Purge purge;
    private final LifecycleProperties properties;
    private volatile ScheduledExecutorService threads = Executors.newScheduledThreadPool(0);

    BackgroundWork(StoredJobs jobs, JobRunner runner, Purge purge, LifecycleProperties properties) {
        this.jobs = jobs;
        this.runner = runner;
        this.purge = purge;
        this.properties = properties;
        threads.shutdown();
    }

    @Override
    public void start() {
        threads = Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("secrets-", 0).factory());
        repeat(this::runJobs, properties.pollEvery().toMillis());
        repeat(this::purgeAll, properties.purgeEvery().toMillis());
    }

    /** What is cut off is gone on with by another node, or after the next start. */
    @Override
    public void stop() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A job goes on while the application stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !threads.isShutdown();
    }

    private void repeat(Runnable work, long everyMillis) {
        var _ = threads.scheduleWithFixedDelay(() -> quietly(work), everyMillis, everyMillis,
                TimeUnit.MILLISECONDS);
    }

    private void runJobs() {
        Optional<Job> job = jobs.take(properties.lease());
        while (job.isPresent() && isRunning()) {
            run(job.get());
            job = jobs.take(properties.lease());
        }
    }

    private void run(Job job) {
        try {
            runner.run(job);
        } catch (StoredJobs.LeaseLost e) {
            LOG.debug("Job {} is over, or another node's", job.id());
        } catch (RuntimeException e) {
            LOG.error("Job {} ({}) failed", job.id(), job.kind(), e);
            jobs.failed(job, "internal_error", properties.lease());
        }
    }

    private void purgeAll() {
        int purged;
        do {
            purged = purge.some();
        } while (purged > 0 && isRunning());
    }

    /** What is thrown would end the repetition. The database may be back the next time. */
    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (isRunning()) {
                LOG.warn("Background work failed, and is tried again: {}", e.getClass().getName());
            }
        }
    }
}
