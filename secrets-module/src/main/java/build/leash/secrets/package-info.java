/**
 * Secrets at rest: a key encryption key per organization in a key management service, data keys wrapped by it, and
 * secrets sealed with them. Nobody else sees a ciphertext, and a plaintext leaves only through {@code Vault}.
 */
@ApplicationModule(displayName = "Secrets", allowedDependencies = {"access::api", "access::event", "billing::api"})
@NullMarked
package build.leash.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
