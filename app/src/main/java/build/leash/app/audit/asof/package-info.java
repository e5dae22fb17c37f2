/** The organization as it stood at a moment, and what changed between two. */
@NullMarked
package build.leash.app.audit.asof;

import org.jspecify.annotations.NullMarked;
