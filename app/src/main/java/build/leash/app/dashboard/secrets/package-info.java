/** The pages for secret sources and what they hold, and for each app's env: keys, never values. */
@NullMarked
package build.leash.app.dashboard.secrets;

import org.jspecify.annotations.NullMarked;
