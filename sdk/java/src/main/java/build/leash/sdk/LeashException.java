package build.leash.sdk;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The only exception that this package throws on its own account. It never carries a key, a header or a value. */
public final class LeashException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LeashErrorCode code;
    private final int status;
    private final String action;
    private final @Nullable URI seeAlso;
    private final @Nullable String requestId;

    LeashException(LeashErrorCode code, String message, String action, @Nullable Throwable cause) {
        this(code, 0, message, action, null, null, cause);
    }

    /** @param status 0 if the platform did not answer */
    LeashException(LeashErrorCode code, int status, String message, String action, @Nullable URI seeAlso,
            @Nullable String requestId, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
        this.action = action;
        this.seeAlso = seeAlso;
        this.requestId = requestId;
    }

    /** The same once more, with the stack of whoever waits for it. */
    LeashException(LeashException other) {
        super(other.getMessage(), other.getCause());
        code = other.code;
        status = other.status;
        action = other.action;
        seeAlso = other.seeAlso;
        requestId = other.requestId;
    }

    public LeashErrorCode code() {
        return code;
    }

    /** The HTTP status, if the platform answered. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** What to do about it. */
    public String action() {
        return action;
    }

    /** Where it is documented: an absolute URL. */
    public Optional<URI> seeAlso() {
        return Optional.ofNullable(seeAlso);
    }

    /** Names the failed request in the platform's log. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** All fields; {@link #getMessage} stays the sentence alone. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        StringBuilder text = new StringBuilder("LeashException ").append(code).append(": ").append(getMessage())
                .append(" | What to do: ").append(action);
        seeAlso().ifPresent(uri -> text.append(" | See also: ").append(uri));
        requestId().ifPresent(id -> text.append(" | Request: ").append(id));
        return text.toString();
    }
}
