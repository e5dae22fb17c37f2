/** Tells open pages that somebody changed something. */
@NullMarked
package build.leash.app.dashboard.live;

import org.jspecify.annotations.NullMarked;
