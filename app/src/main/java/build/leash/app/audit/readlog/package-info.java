/** The read log: every hand-off, and every refusal to a known key. */
@NullMarked
package build.leash.app.audit.readlog;

import org.jspecify.annotations.NullMarked;
