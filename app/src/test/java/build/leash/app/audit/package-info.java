/** The event log as evidence. */
@NullMarked
package build.leash.app.audit;

import org.jspecify.annotations.NullMarked;
