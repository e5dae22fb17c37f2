package build.leash.app.web.idempotency;

import build.leash.secrets.api.PlainSecret;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as it is kept. May hold a secret, such as a new API key, so it is stored sealed; but for the one of shredding,
 * which holds none and leaves no key to seal with.
 *
 * @param fingerprint of the request that it answers
 */
@SuppressWarnings("ArrayRecordComponent") // carried from and to its JSON, never compared
record Answer(String fingerprint, int status, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer from(PlainSecret secret) {
        return JSON.readValue(secret.bytes(), Answer.class);
    }

    PlainSecret toSecret() {
        return PlainSecret.owning(JSON.writeValueAsBytes(this));
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
