/** The read side over HTTP: what apps call. */
@NullMarked
package build.leash.app.web.handoff;

import org.jspecify.annotations.NullMarked;
