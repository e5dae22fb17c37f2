/** What the floor above may use: the hand-off. */
@NamedInterface("api")
@NullMarked
package build.leash.config.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
