package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.WrappedKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The data keys of all organizations, wrapped. At most one per organization is the current one. */
interface StoredDataKeys {

    /**
     * A data key, wrapped.
     *
     * @param seals how often it has encrypted, counted in blocks: never fewer than it did
     */
    record Stored(UUID id, String provider, WrappedKey wrapped, Instant createdAt, long seals) {}

    /** The key with which the organization's secrets are sealed now. */
    Optional<Stored> current(OrganizationId organization);

    Optional<Stored> find(OrganizationId organization, UUID id);

    /**
     * Makes a key the current one, unless another node was faster or keys are to be wrapped in another way meanwhile.
     *
     * @param generation the assignment's for which it was wrapped
     */
    void addIfNoneIsCurrent(OrganizationId organization, Stored key, long generation);

    /**
     * Makes a key the current one in place of the one that was.
     *
     * @param generation the assignment's for which it was wrapped
     * @return false if another node was faster, or keys are to be wrapped in another way meanwhile; then nothing happens
     */
    boolean succeed(OrganizationId organization, UUID old, Stored key, long generation);

    /**
     * Replaces how a key is wrapped.
     *
     * @return false if it is not wrapped as it was any more; then nothing happens
     */
    boolean rewrap(OrganizationId organization, Stored old, String provider, WrappedKey wrapped);

    /** Counts further encryptions. */
    void addSeals(OrganizationId organization, UUID id, int seals);
}
