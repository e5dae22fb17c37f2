package build.leash.app.dashboard.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import build.leash.access.api.PlainToken;
import build.leash.app.dashboard.signin.Destination;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * One browser's way to the identity provider and back. All that must come back unchanged follows from a random token
 * that the browser keeps in a cookie, each by a hash that only its holder can compute: the state (RFC 6749, section
 * 10.12), the nonce (OpenID Connect Core 1.0, section 15.5.2) and the code verifier (RFC 7636). So any node can finish
 * what another began, and nothing is stored for somebody who never comes back.
 *
 * @param next the path of ours to go to afterwards
 */
record RoundTrip(PlainToken token, String next) {

    private static final int TOKEN_LENGTH = 43;

    static RoundTrip to(String next) {
        return new RoundTrip(PlainToken.generate(), next);
    }

    /** What the cookie carries. */
    String text() {
        return token.reveal() + next;
    }

    /** From a cookie, which anybody might have put there. */
    static Optional<RoundTrip> parse(String text) {
        if (text.length() < TOKEN_LENGTH) {
            return Optional.empty();
        }
        return PlainToken.parse(text.substring(0, TOKEN_LENGTH))
                .map(token -> new RoundTrip(token, Destination.of(text.substring(TOKEN_LENGTH))));
    }

    /** The same each time for the same registration and address to come back to. */
    OAuth2AuthorizationRequest request(ClientRegistration provider, String redirectUri) {
        String nonce = derived("nonce:");
        String verifier = derived("verifier:");
        return OAuth2AuthorizationRequest.authorizationCode().clientId(provider.getClientId())
                .authorizationUri(Objects.requireNonNull(provider.getProviderDetails().getAuthorizationUri()))
                .redirectUri(redirectUri)
                .scopes(provider.getScopes()).state(derived("state:"))
                .attributes(Map.of(OidcParameterNames.NONCE, nonce, PkceParameterNames.CODE_VERIFIER, verifier))
                .additionalParameters(Map.of(OidcParameterNames.NONCE, sha256(nonce),
                        PkceParameterNames.CODE_CHALLENGE, sha256(verifier),
                        PkceParameterNames.CODE_CHALLENGE_METHOD, "S256"))
                .build();
    }

    private String derived(String purpose) {
        return base64(token.sha256("sign-on-" + purpose));
    }

    private static String sha256(String text) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
