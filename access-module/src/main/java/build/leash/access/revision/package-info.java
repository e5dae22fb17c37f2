/** Revisions of organizations: raised by every event, asked for by whoever remembers something. */
@NullMarked
package build.leash.access.revision;

import org.jspecify.annotations.NullMarked;
