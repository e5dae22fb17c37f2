package build.leash.secrets.api;

import java.util.UUID;

/**
 * Points at a sealed secret. All that commands, events and read models carry of one.
 *
 * @param version the version of its owner under which it was sealed; opening it under another one fails
 */
public record SecretRef(UUID id, long version) {}
