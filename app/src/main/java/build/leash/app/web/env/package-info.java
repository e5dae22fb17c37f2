/** The HTTP side of apps and their env values: what apps call, and what the dashboard and automation call. */
@NullMarked
package build.leash.app.web.env;

import org.jspecify.annotations.NullMarked;
