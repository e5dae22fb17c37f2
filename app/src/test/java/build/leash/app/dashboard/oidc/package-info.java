/** Signing in at an identity provider, below its pages. */
@NullMarked
package build.leash.app.dashboard.oidc;

import org.jspecify.annotations.NullMarked;
