package build.leash.app.dashboard.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider to sign in with.
 *
 * @param issuer its issuer identifier exactly as its metadata says it, an https URL; empty for none
 * @param clientId under which the provider knows this installation
 * @param clientSecret that goes with it
 * @param name of the provider on the button
 */
@ConfigurationProperties("leash.dashboard.oidc")
record OidcSettings(@DefaultValue("") String issuer, @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret, @DefaultValue("single sign-on") String name) {

    OidcSettings {
        if (!issuer.isEmpty()) {
            if (clientId.isEmpty() || clientSecret.isEmpty()) {
                throw new IllegalArgumentException(
                        "leash.dashboard.oidc.issuer needs leash.dashboard.oidc.client-id and"
                                + " leash.dashboard.oidc.client-secret beside it");
            }
            if (!isSafe(URI.create(issuer))) {
                throw new IllegalArgumentException("leash.dashboard.oidc.issuer is an https URL");
            }
        }
    }

    boolean isConfigured() {
        return !issuer.isEmpty();
    }

    /** OpenID Connect Discovery 1.0, section 4: below the issuer, whose last slash is not doubled. */
    URI metadata() {
        return URI.create(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
    }

    /** In the clear only within this machine. */
    private static boolean isSafe(URI issuer) {
        String scheme = String.valueOf(issuer.getScheme()).toLowerCase(Locale.ROOT);
        return issuer.getHost() != null
                && (scheme.equals("https") || (scheme.equals("http") && isLoopback(issuer.getHost())));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "OidcSettings[" + issuer + "]";
    }
}
