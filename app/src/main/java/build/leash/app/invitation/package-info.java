/** Inviting somebody: the link, made once, and the mail that brings it. */
@NullMarked
package build.leash.app.invitation;

import org.jspecify.annotations.NullMarked;
