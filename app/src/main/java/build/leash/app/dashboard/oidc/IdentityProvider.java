package build.leash.app.dashboard.oidc;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvalidValue;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimAccessor;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestClientException;

/**
 * The configured identity provider. Its metadata is asked for when somebody first wants to sign in with it, and again
 * until there is an answer, so that Leash starts and lets people in by password while the provider is down.
 */
final class IdentityProvider {

    /** Only {@code email} beside {@code openid}: nobody's name or picture is wanted. */
    private static final String[] SCOPES = {OidcScopes.OPENID, OidcScopes.EMAIL};
    private static final String CANCELLED = "access_denied";
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,60}");

    private final OidcSettings settings;
    private final OidcHttp http;
    private volatile @Nullable Discovered discovered;

    private record Discovered(ClientRegistration registration, OidcAuthorizationCodeAuthenticationProvider protocol) {

        @Override
        public String toString() {
            return "Discovered[" + registration.getProviderDetails().getIssuerUri() + "]";
        }
    }

    IdentityProvider(OidcSettings settings, OidcHttp http) {
        this.settings = settings;
        this.http = http;
    }

    boolean isConfigured() {
        return settings.isConfigured();
    }

    /** Where the browser goes. */
    String authorizationUri(RoundTrip trip, String redirectUri) throws SignOnFailed {
        return trip.request(discovered().registration(), redirectUri).getAuthorizationRequestUri();
    }

    /**
     * The verified address of the person who came back.
     *
     * @throws SignOnFailed if the answer is no, does not belong to this round trip, is not the provider's own, or
     *         vouches for no address
     */
    EmailAddress identify(RoundTrip trip, OAuth2AuthorizationResponse response) throws SignOnFailed {
        Discovered provider = discovered();
        OAuth2AuthorizationRequest request = trip.request(provider.registration(), response.getRedirectUri());
        try {
            OAuth2LoginAuthenticationToken answer = (OAuth2LoginAuthenticationToken) Objects.requireNonNull(
                    provider.protocol().authenticate(new OAuth2LoginAuthenticationToken(provider.registration(),
                            new OAuth2AuthorizationExchange(request, response))));
            return verifiedAddress((OidcUser) Objects.requireNonNull(answer.getPrincipal()));
        } catch (OAuth2AuthenticationException e) {
            throw failed(e);
        }
    }

    /** Both claims from the same place, or one could vouch for the other's address. */
    private static EmailAddress verifiedAddress(OidcUser user) throws SignOnFailed {
        StandardClaimAccessor userInfo = user.getUserInfo();
        StandardClaimAccessor idToken = user.getIdToken();
        StandardClaimAccessor claims = idToken.getEmailVerified() != null || userInfo == null ? idToken : userInfo;
        String email = claims.getEmail();
        if (email == null || !Boolean.TRUE.equals(claims.getEmailVerified())) {
            throw new SignOnFailed(SignOnProblem.UNVERIFIED, "the address is not verified");
        }
        try {
            return new EmailAddress(email);
        } catch (InvalidValue e) {
            throw new SignOnFailed(SignOnProblem.UNKNOWN, "the address is not one that Leash takes");
        }
    }

    private Discovered discovered() throws SignOnFailed {
        Discovered known = discovered;
        if (known == null) {
            known = discover();
            discovered = known;
        }
        return known;
    }

    private Discovered discover() throws SignOnFailed {
        try {
            Map<String, Object> metadata = http.client().get().uri(settings.metadata()).retrieve()
                    .body(new ParameterizedTypeReference<Map<String, Object>>() {
                    });
            if (metadata == null || !settings.issuer().equals(metadata.get("issuer"))) {
                throw new SignOnFailed(SignOnProblem.FAILED,
                        "its metadata names another issuer than leash.dashboard.oidc.issuer");
            }
            ClientRegistration registration = ClientRegistrations.fromOidcConfiguration(metadata)
                    .registrationId("oidc").clientId(settings.clientId()).clientSecret(settings.clientSecret())
                    .redirectUri("{baseUrl}" + SignOnController.CALLBACK).scope(SCOPES).build();
            return new Discovered(registration, http.protocol(registration));
        } catch (RestClientException e) {
            throw new SignOnFailed(SignOnProblem.UNAVAILABLE, "its metadata cannot be read");
        } catch (IllegalArgumentException e) {
            throw new SignOnFailed(SignOnProblem.FAILED, "its metadata is incomplete");
        }
    }

    private static SignOnFailed failed(OAuth2AuthenticationException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return new SignOnFailed(SignOnProblem.UNAVAILABLE, "it gave no answer");
            }
        }
        String code = e.getError().getErrorCode();
        return new SignOnFailed(code.equals(CANCELLED) ? SignOnProblem.CANCELLED : SignOnProblem.FAILED,
                ERROR_CODE.matcher(code).matches() ? code : "an error of its own");
    }
}
