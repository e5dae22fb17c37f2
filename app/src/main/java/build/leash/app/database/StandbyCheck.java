package build.leash.app.database;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses to read from a standby that shows commits later than they are acknowledged. {@code remote_apply} makes a commit
 * wait until the standby shows it (PostgreSQL manual, {@code synchronous_commit}).
 */
final class StandbyCheck {

    private final JdbcClient primary;
    private final JdbcClient standby;

    StandbyCheck(JdbcClient primary, JdbcClient standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /** @throws IllegalStateException if a commit may be acknowledged before the standby shows it */
    void commitsMustBeVisible() {
        boolean isStandby = standby.sql("select pg_is_in_recovery()").query(Boolean.class).single();
        if (isStandby && !waits()) {
            throw new IllegalStateException("leash.reads.url is a standby, but commits do not wait for it: set"
                    + " synchronous_commit = remote_apply and name every standby that is read from in"
                    + " synchronous_standby_names, as in 'FIRST 2 (a, b)'");
        }
    }

    private boolean waits() {
        return primary.sql("""
                select current_setting('synchronous_commit') = 'remote_apply'
                  and current_setting('synchronous_standby_names') <> ''
                """).query(Boolean.class).single();
    }
}
