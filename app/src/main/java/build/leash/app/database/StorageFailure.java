package build.leash.app.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/** Recognizes that the database is out of reach, or cannot do it just now, as opposed to a fault of ours. */
public final class StorageFailure {

    /**
     * SQLSTATE classes (PostgreSQL manual, appendix A): connection exception, transaction rollback, insufficient
     * resources, object not in prerequisite state (lock not available), operator intervention, system error.
     */
    private static final Set<String> SQL_STATE_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    private StorageFailure() {}

    /** Whether it is the cause of this, at whatever depth. */
    public static boolean isCauseOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isOne(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOne(Throwable cause) {
        return switch (cause) {
            case SQLTransientException transientFailure -> true;
            case SQLException sql -> sql.getSQLState() != null && sql.getSQLState().length() == 5
                    && SQL_STATE_CLASSES.contains(sql.getSQLState().substring(0, 2));
            case DataAccessResourceFailureException outOfReach -> true;
            case TransientDataAccessException transientFailure -> true;
            case CannotCreateTransactionException outOfReach -> true;
            case TransactionSystemException outOfReach -> true;
            case TransactionTimedOutException overloaded -> true;
            default -> false;
        };
    }
}
