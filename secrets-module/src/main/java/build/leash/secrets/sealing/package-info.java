/** Sealing: data keys and their cache, the AAD that binds a ciphertext to its place, the sealed secrets themselves. */
@NullMarked
package build.leash.secrets.sealing;

import org.jspecify.annotations.NullMarked;
