package build.leash.access.api;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Where hand-offs read: the database that is written to, or a standby on which a commit is visible before it is
 * acknowledged ({@code synchronous_commit = remote_apply}). Has connections of its own, so that neither writes nor the
 * dashboard keep an app waiting.
 */
public final class Reads {

    private final JdbcClient jdbc;
    private final TransactionOperations view;

    /**
     * Reads through this client.
     *
     * @param view begins read-only transactions at isolation level repeatable read on the client's connections
     */
    public Reads(JdbcClient jdbc, TransactionOperations view) {
        this.jdbc = jdbc;
        this.view = view;
    }

    /** Sees, statement by statement, all that was committed before; within {@link #inOneView}, before the first one. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Runs the work so that all it reads is of one moment, later than the call. */
    public <T> T inOneView(Supplier<T> work) {
        return Objects.requireNonNull(view.execute(status -> work.get()));
    }
}
