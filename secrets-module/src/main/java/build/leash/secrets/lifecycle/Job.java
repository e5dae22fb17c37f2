package build.leash.secrets.lifecycle;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Role;
import build.leash.secrets.sealing.AssignedKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as a node holds it, with the lease under which it does.
 *
 * @param key under which data keys are to be wrapped; null for other kinds
 * @param version the version that is to wrap them; null if any will do, or it is not added yet
 * @param rotates whether the key is to be given that version, or another one if it is null, first
 * @param dataKey with which, or a later one, secrets are to be sealed anew; null until it is made
 * @param cursor how far a pass over the rows is; null at its beginning
 */
record Job(UUID id, UUID lease, OrganizationId organization, Kind kind, @Nullable AssignedKey key,
        @Nullable String version, boolean rotates, @Nullable UUID dataKey, long done, @Nullable UUID cursor,
        int attempts, String actor, String requestId) {

    /** What a job does. */
    enum Kind {
        REWRAP("rewrap"), REENCRYPT("re-encrypt"), DESTROY_KEYS("destroy-keys");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalStateException("A job of an unknown kind. Was it started by a later version of Leash?");
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What the job does is on behalf of whoever asked for it, in the same request. */
    Caller caller() {
        return new Caller(organization, new Actor(actor), Role.OWNER, requestId);
    }
}
