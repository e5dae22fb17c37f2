package build.leash.app.postgres;

import build.leash.app.DataDirectory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;

/** An embedded server on its way. It is stopped if the application does not get to where somebody takes it. */
final class StartingPostgres implements ApplicationListener<ApplicationFailedEvent> {

    private final FutureTask<EmbeddedPostgres> start;

    StartingPostgres(DataDirectory dataDirectory) {
        start = new FutureTask<>(() -> EmbeddedPostgres.start(dataDirectory.create()));
        Thread.ofPlatform().name("postgres-start").daemon().start(start);
    }

    /**
     * Waits until it runs.
     *
     * @throws EmbeddedPostgresException as {@link EmbeddedPostgres#start}
     */
    EmbeddedPostgres started() {
        try {
            return start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while PostgreSQL was starting", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new EmbeddedPostgresException("PostgreSQL did not start", e);
        }
    }

    @Override
    public void onApplicationEvent(ApplicationFailedEvent failed) {
        EmbeddedPostgres running;
        try {
            running = started();
        } catch (RuntimeException _) { // then there is nothing to stop, and whoever wanted it was told
            return;
        }
        running.close();
    }
}
