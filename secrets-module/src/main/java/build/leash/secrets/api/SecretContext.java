package build.leash.secrets.api;

import build.leash.access.api.OrganizationId;

/**
 * To whom a secret belongs and what it is for. Bound into the ciphertext as additional authenticated data, and always
 * computed by the caller from what it knows, never read back from beside the ciphertext: a row that was moved to
 * another organization, owner or purpose does not open.
 *
 * @param owner the thing that has the secret, for example a server's id
 * @param purpose what it is to its owner, for example {@code bearer}
 */
public record SecretContext(OrganizationId organization, String owner, String purpose) {}
