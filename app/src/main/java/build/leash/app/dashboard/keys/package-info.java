/** The card for API keys. */
@NullMarked
package build.leash.app.dashboard.keys;

import org.jspecify.annotations.NullMarked;
