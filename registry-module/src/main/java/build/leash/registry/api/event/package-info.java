/** The facts this module records. */
@NamedInterface("event")
@NullMarked
package build.leash.registry.api.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
