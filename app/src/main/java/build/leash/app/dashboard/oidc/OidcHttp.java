package build.leash.app.dashboard.oidc;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Spring Security's part of the protocol, put together so that no call waits long for a provider that hangs. */
final class OidcHttp {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final JdkClientHttpRequestFactory requests;
    private final RestClient client;

    OidcHttp() {
        this(LIMIT);
    }

    /** @param limit how long a call may take, from its beginning to the end of the answer */
    OidcHttp(Duration limit) {
        requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(limit).build());
        requests.setReadTimeout(limit);
        client = RestClient.builder().requestFactory(requests).build();
    }

    RestClient client() {
        return client;
    }

    /** Exchanges a code for an ID token and believes it only if it is signed by the provider, for us, and just now. */
    OidcAuthorizationCodeAuthenticationProvider protocol(ClientRegistration registration) {
        OidcAuthorizationCodeAuthenticationProvider protocol = new OidcAuthorizationCodeAuthenticationProvider(tokens(),
                userInfo());
        JwtDecoder decoder = decoder(registration);
        protocol.setJwtDecoderFactory(context -> decoder);
        return protocol;
    }

    private RestClientAuthorizationCodeTokenResponseClient tokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder().requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build());
        return tokens;
    }

    /** Asked only if the ID token does not tell whether the address is verified. */
    private OidcUserService userInfo() {
        DefaultOAuth2UserService claims = new DefaultOAuth2UserService();
        RestTemplate rest = new RestTemplate(requests);
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        claims.setRestOperations(rest);
        OidcUserService users = new OidcUserService();
        users.setOauth2UserService(claims);
        users.setRetrieveUserInfo(request -> request.getIdToken().getEmailVerified() == null
                && request.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri() != null);
        return users;
    }

    /** With any public-key signature; one by the client's secret could be made by whoever reads our settings. */
    private JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder
                .withJwkSetUri(Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()))
                .jwsAlgorithms(algorithms -> algorithms.addAll(Arrays.asList(SignatureAlgorithm.values())))
                .restOperations(new RestTemplate(requests)).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(),
                new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
        return decoder;
    }
}
