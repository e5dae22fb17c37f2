package build.leash.access.api;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issuing, revoking, listing and recognizing API keys. */
public interface ApiKeys {

    /**
     * Issues a key. The answer is the only place where it is ever seen. Revokes some keys that have expired, which would
     * count towards the limit otherwise.
     *
     * @throws Rejected {@link AccessRejection#FORBIDDEN}, {@link AccessRejection#LIMIT_REACHED}
     */
    Issued issue(Caller caller, ApiKeyRequest request);

    /**
     * Ends a key: once this returns, no node accepts it.
     *
     * @throws Rejected {@link AccessRejection#FORBIDDEN}, {@link AccessRejection#UNKNOWN_API_KEY}
     */
    void revoke(Caller caller, ApiKeyId id);

    /** The keys that were not revoked, by id. One that has expired is among them until others are issued. */
    Page<ApiKeyView> list(Caller caller, PageRequest page);

    /** The names of these keys, without those that were revoked. */
    Map<ApiKeyId, String> names(OrganizationId organization, Collection<ApiKeyId> keys);

    /**
     * The app that presents this key.
     *
     * @param presented the header as it came, null if it did not
     * @throws Rejected {@link AccessRejection#API_KEY_REQUIRED}, {@link AccessRejection#INVALID_API_KEY}
     */
    AppKey recognizeApp(@Nullable String presented);

    /**
     * The management key that is presented.
     *
     * @param presented the header as it came, null if it did not
     * @throws Rejected {@link AccessRejection#API_KEY_REQUIRED}, {@link AccessRejection#INVALID_API_KEY}, or
     *         {@link AccessRejection#FORBIDDEN} for a valid app key
     */
    ManagementKey recognizeManagement(@Nullable String presented);

    /**
     * Whose key this is, or was: also one that expired, was revoked, or is of another kind than was asked for.
     *
     * @param presented the header as it came, null if it did not
     */
    Optional<KnownKey> known(@Nullable String presented);

    /** A key just issued, with its only plaintext. */
    record Issued(ApiKeyView key, PlainApiKey plain) {}
}
