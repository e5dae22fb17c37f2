package build.leash.secrets.outbound;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Standard Webhooks has it (standardwebhooks.com, Signature scheme): HMAC-SHA256 over id, time and
 * body. A secret that begins with {@code whsec_} is Base64 after it; any other is taken as it is.
 */
public final class Signature {

    static final int MIN_SECRET = 24;

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The headers that go with the body. */
    public static Map<String, String> headers(String secret, String id, Instant when, byte[] body) {
        String timestamp = Long.toString(when.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
            return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", "v1," + signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available");
        }
    }

    /** @throws InvalidValue if nothing can be signed with it */
    public static void check(PlainSecret secret) {
        Tokens.check(secret, MIN_SECRET);
        try {
            byte[] _ = key(secret.reveal());
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("A signing secret that begins with whsec_ goes on in Base64.");
        }
    }

    private static byte[] key(String secret) {
        return secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }
}
