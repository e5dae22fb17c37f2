/** Once a change is acknowledged, no later fetch may see what was before it. */
@NullMarked
package build.leash.app.freshness;

import org.jspecify.annotations.NullMarked;
