package build.leash.access.api;

import java.time.Instant;
import java.util.UUID;

/**
 * What the database says of an organization at one moment.
 *
 * @param revision another one after each change of anything the organization has, and never one that it had before. Equal
 *        revisions mean that nothing changed; of an organization that there is not, no two are equal.
 * @param at by the database's clock, the only one that counts for what expires
 */
public record Confirmation(UUID revision, Instant at) {}
