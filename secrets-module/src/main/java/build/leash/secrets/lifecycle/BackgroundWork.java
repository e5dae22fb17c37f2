package build.leash.secrets.lifecycle;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A few threads for jobs, so that one organization's long job or slow key keeps the others' from nothing, and one for
 * destroying what is old.
 */
final class BackgroundWork implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final long STOP_LIMIT_SECONDS = 10;
    private static final int JOBS_AT_ONCE = 4;

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
        threads = Executors.newScheduledThreadPool(JOBS_AT_ONCE + 1,
                Thread.ofPlatform().daemon().name("secrets-", 0).factory());
        for (int i = 0; i < JOBS_AT_ONCE; i++) {
            repeat(this::runJobs, properties.pollEvery().toMillis());
        }
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
            if (isRunning() && jobs.failed(job, "internal_error", properties.lease())) {
                LOG.error("Job {} ({}) failed", job.id(), job.kind(), e);
            }
        } finally {
            letGoIfStopping(job);
        }
    }

    /** Connections may be closed already; then the lease runs out. */
    private void letGoIfStopping(Job job) {
        if (!isRunning()) {
            boolean _ = Thread.interrupted(); // or the connection pool would not give a connection
            quietly(() -> jobs.letGo(job));
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
