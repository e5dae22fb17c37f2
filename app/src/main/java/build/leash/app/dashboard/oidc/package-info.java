/**
 * Single sign-on with an identity provider that the operator configured, by OpenID Connect: the authorization code flow
 * with state, nonce and PKCE. Who comes back with a verified address of a member, or of somebody invited, gets a session
 * like any other.
 */
@NullMarked
package build.leash.app.dashboard.oidc;

import org.jspecify.annotations.NullMarked;
