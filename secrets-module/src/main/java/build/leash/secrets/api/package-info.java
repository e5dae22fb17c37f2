/** What the floors above may use: plaintexts that do not leak by accident, references to sealed ones, and the vault. */
@NamedInterface("api")
@NullMarked
package build.leash.secrets.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
