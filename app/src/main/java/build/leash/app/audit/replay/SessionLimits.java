package build.leash.app.audit.replay;

import java.time.Duration;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a transaction that reads much of the log needs other than a request does. */
final class SessionLimits {

    private static final Duration MAX_SILENCE = Duration.ofHours(1);

    private SessionLimits() {}

    /**
     * Until the transaction ends: no time limit, and memory for sorting that is more than usual, but bounded. Until the
     * connection goes back to its pool, the database may say nothing for {@link #MAX_SILENCE} before it is taken for gone.
     */
    static void lift(JdbcClient jdbc) {
        RowCallbackHandler silence = row -> row.getStatement().getConnection().setNetworkTimeout(Runnable::run,
                (int) MAX_SILENCE.toMillis());
        jdbc.sql("select 1").query(silence);
        jdbc.sql("set local statement_timeout = 0").update();
        jdbc.sql("set local lock_timeout = 0").update();
        jdbc.sql("set local idle_in_transaction_session_timeout = 0").update();
        jdbc.sql("set local work_mem = '64MB'").update();
        jdbc.sql("set local jit = off").update();
    }
}
