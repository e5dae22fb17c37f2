package build.leash.secrets.provider;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.outbound.OutboundFailure;
import com.google.auth.oauth2.ServiceAccountJwtAccessCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A key of a Google service account. Google's libraries obey much that such a file can say: where tokens are fetched,
 * which program is run to get one. Of a file that a customer brings only the name and the key are taken, and the token is
 * signed here (google.aip.dev/auth/4111, self-signed JWT), so that nothing but Secret Manager is ever asked.
 */
final class ServiceAccount {

    private static final URI AUDIENCE = URI.create("https://secretmanager.googleapis.com/");

    private ServiceAccount() {}

    /** @throws InvalidValue if the text is no key of a service account */
    static ServiceAccountJwtAccessCredentials of(String json) {
        try {
            JsonNode file = Json.object(json.getBytes(StandardCharsets.UTF_8));
            if (file.path("type").asString("").equals("service_account")) {
                return ServiceAccountJwtAccessCredentials.newBuilder()
                        .setClientEmail(file.path("client_email").asString(""))
                        .setPrivateKeyId(file.path("private_key_id").asString(""))
                        .setPrivateKey(privateKey(file.path("private_key").asString(""))).setDefaultAudience(AUDIENCE)
                        .build();
            }
        } catch (OutboundFailure | GeneralSecurityException | IllegalArgumentException e) {
            // told below; what is told of it elsewhere might quote the file
        }
        throw new InvalidValue("The credential of such a source is the JSON key file of a service account.");
    }

    /** PKCS #8 between the lines of PEM (RFC 7468, section 10). */
    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----(?:BEGIN|END) PRIVATE KEY-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    /** The header that authenticates a call. */
    static Map<String, List<String>> header(ServiceAccountJwtAccessCredentials credentials) throws OutboundFailure {
        try {
            return Map.of("authorization", credentials.getRequestMetadata(AUDIENCE).values().iterator().next());
        } catch (IOException e) {
            throw new OutboundFailure("no_credential");
        }
    }
}
