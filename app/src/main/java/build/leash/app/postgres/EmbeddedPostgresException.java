package build.leash.app.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded server cannot run here; the message tells an operator what to change, and never holds a password. */
public final class EmbeddedPostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        this(message, null);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static EmbeddedPostgresException useExternal(String reason) {
        return new EmbeddedPostgresException(
                reason + " Set spring.datasource.url (with username and password) to use an external PostgreSQL.");
    }
}
