/**
 * Key management services: who holds the key encryption keys, and wraps and unwraps data keys with them. The contract
 * is here; each provider has a room of its own.
 */
@NullMarked
package build.leash.secrets.kms;

import org.jspecify.annotations.NullMarked;
