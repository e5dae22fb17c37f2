/** The facts this module records, and what every recorded fact of the house has in common. */
@NamedInterface("event")
@NullMarked
package build.leash.access.api.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
