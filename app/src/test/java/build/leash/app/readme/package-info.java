/** What the README shows, done as shown. */
@NullMarked
package build.leash.app.readme;

import org.jspecify.annotations.NullMarked;
