/** The card for members and invitations. */
@NullMarked
package build.leash.app.dashboard.members;

import org.jspecify.annotations.NullMarked;
