package build.leash.app.dashboard;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID provider on loopback: discovery, keys, the code flow with PKCE, user info. Checks what a client must send,
 * gives each code away once, and signs whoever comes in as the person that the test put in front of it.
 */
final class OidcProvider implements AutoCloseable {

    static final String CLIENT_ID = "leash";
    static final String CLIENT_SECRET = "secret-of-the-client";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RSAKey key = newKey();
    private final Map<String, AuthenticationRequest> codes = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile boolean up;
    private volatile Answer answer = Answer.of("nobody@example.com");

    /**
     * What it says about whoever comes.
     *
     * @param verified null if only the user info tells, and that it is
     * @param nonce null for the client's own
     */
    record Answer(String email, @Nullable Boolean verified, @Nullable String nonce,
            @Nullable RSAKey signedBy, String audience) {

        static Answer of(String email) {
            return new Answer(email, true, null, null, CLIENT_ID);
        }

        Answer unverified() {
            return new Answer(email, false, nonce, signedBy, audience);
        }

        Answer verifiedByUserInfoOnly() {
            return new Answer(email, null, nonce, signedBy, audience);
        }

        Answer withNonce(String other) {
            return new Answer(email, verified, other, signedBy, audience);
        }

        Answer signedBySomebodyElse() {
            return new Answer(email, verified, nonce, newKey(), audience);
        }

        Answer forAudience(String other) {
            return new Answer(email, verified, nonce, signedBy, other);
        }
    }

    /** Hangs up on everybody until it is {@link #start}ed. */
    OidcProvider() {
        server = listening();
        serve("/.well-known/openid-configuration", exchange -> send(exchange, 200, metadata()));
        serve("/keys", exchange -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
        serve("/authorize", this::authorize);
        serve("/token", this::token);
        serve("/userinfo", exchange -> send(exchange, 200,
                Map.of("sub", subject(), "email", answer.email(), "email_verified", true)));
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void start() {
        up = true;
    }

    void stop() {
        up = false;
    }

    void answers(Answer next) {
        this.answer = next;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            if (up) {
                handler.handle(exchange);
            } else {
                exchange.close();
            }
        });
    }

    private Map<String, Object> metadata() {
        return Map.of("issuer", issuer(), "authorization_endpoint", issuer() + "/authorize", "token_endpoint",
                issuer() + "/token", "userinfo_endpoint", issuer() + "/userinfo", "jwks_uri", issuer() + "/keys",
                "subject_types_supported", new String[]{"public"}, "response_types_supported", new String[]{"code"},
                "id_token_signing_alg_values_supported", new String[]{"RS256"});
    }

    private void authorize(HttpExchange exchange) throws IOException {
        try {
            AuthenticationRequest request = AuthenticationRequest.parse(exchange.getRequestURI().getRawQuery());
            boolean complete = request.getClientID().getValue().equals(CLIENT_ID) && request.getState() != null
                    && request.getNonce() != null && request.getCodeChallenge() != null;
            if (!complete) {
                send(exchange, 400, Map.of("error", "invalid_request"));
                return;
            }
            AuthorizationCode code = new AuthorizationCode();
            codes.put(code.getValue(), request);
            exchange.getResponseHeaders().set("Location", new AuthorizationSuccessResponse(
                    request.getRedirectionURI(), code, null, request.getState(), null).toURI().toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } catch (ParseException e) {
            send(exchange, 400, Map.of("error", "invalid_request"));
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        try {
            HTTPRequest http = new HTTPRequest(HTTPRequest.Method.POST, URI.create(issuer() + "/token"));
            exchange.getRequestHeaders().forEach((name, values) -> http.setHeader(name, values.getFirst()));
            http.setBody(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            AuthenticationRequest begun = redeem(TokenRequest.parse(http));
            if (begun == null) {
                send(exchange, 400, Map.of("error", "invalid_grant"));
            } else {
                send(exchange, 200, Map.of("access_token", UUID.randomUUID().toString(), "token_type", "Bearer",
                        "expires_in", 60, "id_token", idToken(begun)));
            }
        } catch (ParseException | JOSEException e) {
            send(exchange, 400, Map.of("error", "invalid_request"));
        }
    }

    /** What the code was given for, if everything about the request is right. */
    private @Nullable AuthenticationRequest redeem(TokenRequest request) {
        if (!(request.getClientAuthentication() instanceof ClientSecretBasic client)
                || !client.getClientID().getValue().equals(CLIENT_ID)
                || !client.getClientSecret().getValue().equals(CLIENT_SECRET)
                || !(request.getAuthorizationGrant() instanceof AuthorizationCodeGrant grant)) {
            return null;
        }
        AuthenticationRequest begun = codes.remove(grant.getAuthorizationCode().getValue());
        boolean same = begun != null && begun.getRedirectionURI().equals(grant.getRedirectionURI())
                && grant.getCodeVerifier() != null && CodeChallenge.compute(begun.getCodeChallengeMethod(),
                        grant.getCodeVerifier()).equals(begun.getCodeChallenge());
        return same ? begun : null;
    }

    private String idToken(AuthenticationRequest begun) throws JOSEException {
        RSAKey signer = answer.signedBy() == null ? key : answer.signedBy();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(issuer()).subject(subject())
                .audience(answer.audience()).issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(60))).claim("email", answer.email())
                .claim("nonce", answer.nonce() == null ? begun.getNonce().getValue() : answer.nonce());
        if (answer.verified() != null) {
            claims.claim("email_verified", answer.verified());
        }
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        token.sign(new RSASSASigner(signer));
        return token.serialize();
    }

    private String subject() {
        return "subject-of-" + answer.email();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
