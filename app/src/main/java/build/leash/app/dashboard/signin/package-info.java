/** Who is in front of the browser: signing in and out, sessions, passwords, invitations, and the pages' protection. */
@NullMarked
package build.leash.app.dashboard.signin;

import org.jspecify.annotations.NullMarked;
