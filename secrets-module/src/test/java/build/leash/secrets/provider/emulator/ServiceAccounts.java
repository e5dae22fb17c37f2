package build.leash.secrets.provider.emulator;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One service account, and the check of its self-signed tokens: signature, issuer, audience, and time. */
final class ServiceAccounts implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
            Metadata.ASCII_STRING_MARSHALLER);
    private static final String AUDIENCE = "https://secretmanager.googleapis.com/";
    private static final String EMAIL = "leash@leash-test.iam.gserviceaccount.com";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeyPair keys;

    ServiceAccounts() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Google gives it out, but for a token URI that nobody may follow. */
    String keyFile() {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(keys.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        return JSON.writeValueAsString(Map.of("type", "service_account", "project_id", "leash-test",
                "private_key_id", UUID.randomUUID().toString(), "private_key", pem, "client_email", EMAIL,
                "client_id", "1", "token_uri", "http://169.254.169.254/token"));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        if (isGenuine(headers.get(AUTHORIZATION))) {
            return next.startCall(call, headers);
        }
        call.close(Status.UNAUTHENTICATED, new Metadata());
        return new ServerCall.Listener<>() {
        };
    }

    private boolean isGenuine(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return false;
        }
        String[] parts = authorization.substring("Bearer ".length()).split("\\.", -1);
        return parts.length == 3 && isSigned(parts) && isValidNow(parts[1]);
    }

    private boolean isSigned(String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isValidNow(String payload) {
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(payload));
        return claims.path("iss").asString("").equals(EMAIL) && claims.path("aud").asString("").equals(AUDIENCE)
                && claims.path("exp").asLong(0) > Instant.now().getEpochSecond();
    }
}
