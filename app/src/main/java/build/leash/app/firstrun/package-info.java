/** The first start on an empty database: an organization to begin with, and a file that says how to get in. */
@NullMarked
package build.leash.app.firstrun;

import org.jspecify.annotations.NullMarked;
