/** The page for secret sources and what it asks for. */
@NullMarked
package build.leash.app.dashboard.secrets;

import org.jspecify.annotations.NullMarked;
