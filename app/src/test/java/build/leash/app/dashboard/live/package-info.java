/** Open pages and what they are told. */
@NullMarked
package build.leash.app.dashboard.live;

import org.jspecify.annotations.NullMarked;
