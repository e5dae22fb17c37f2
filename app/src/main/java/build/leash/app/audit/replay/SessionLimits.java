package build.leash.app.audit.replay;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What a transaction that reads much of the log needs other than a request does. */
final class SessionLimits {

    private SessionLimits() {}

    /** Until the transaction ends: no time limit, and memory for sorting that is more than usual, but bounded. */
    static void lift(JdbcClient jdbc) {
        jdbc.sql("set local statement_timeout = 0").update();
        jdbc.sql("set local lock_timeout = 0").update();
        jdbc.sql("set local idle_in_transaction_session_timeout = 0").update();
        jdbc.sql("set local work_mem = '64MB'").update();
        jdbc.sql("set local jit = off").update();
    }
}
