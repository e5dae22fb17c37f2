/** The facts this module records: the life of each organization's keys. */
@NamedInterface("event")
@NullMarked
package build.leash.secrets.api.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
