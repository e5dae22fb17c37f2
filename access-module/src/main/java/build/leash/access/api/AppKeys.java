package build.leash.access.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of apps, for whoever remembers them from one request to the next. */
public interface AppKeys {

    /**
     * The hash of the key that an app presents. Asks nobody.
     *
     * @param presented the header as it came, null if it did not
     * @throws Rejected {@link AccessRejection#API_KEY_REQUIRED}, or {@link AccessRejection#INVALID_API_KEY} if it does not
     *         have the form of an app's key
     */
    KeyHash hash(@Nullable String presented);

    /** The key with this hash, expired or not, as the {@link Reads#inOneView view} under way has it. */
    Optional<Known> inView(KeyHash hash);

    /**
     * A key that was issued and not revoked.
     *
     * @param expiresAt null for never
     */
    record Known(AppKey key, @Nullable Instant expiresAt) {

        /**
         * The key, if it is in force at this moment.
         *
         * @throws Rejected {@link AccessRejection#INVALID_API_KEY}
         */
        public AppKey at(Instant now) {
            if (expiresAt != null && !now.isBefore(expiresAt)) {
                throw notValid();
            }
            return key;
        }
    }

    /** The answer for no key at all. */
    static Rejected required() {
        return new Rejected(AccessRejection.API_KEY_REQUIRED, "An API key is required.");
    }

    /** One answer for a key that is unknown, malformed, expired or revoked. */
    static Rejected notValid() {
        return new Rejected(AccessRejection.INVALID_API_KEY, "The API key is not valid.");
    }
}
