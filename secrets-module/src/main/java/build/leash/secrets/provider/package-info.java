/** The kinds of external source: how each is asked, and what its answer means. */
@NullMarked
package build.leash.secrets.provider;

import org.jspecify.annotations.NullMarked;
