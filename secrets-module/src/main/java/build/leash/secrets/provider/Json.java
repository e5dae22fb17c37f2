package build.leash.secrets.provider;

import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.outbound.OutboundFailure;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what sources answer. Says of an answer that it is malformed, and nothing else: it holds secrets. */
final class Json {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Json() {}

    static JsonNode object(byte[] body) throws OutboundFailure {
        try {
            JsonNode read = JSON.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException e) {
            // its message quotes the answer
        }
        throw malformed();
    }

    static byte[] write(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    /** Those members of an object that were asked for. */
    static Map<EnvKey, PlainSecret> values(JsonNode found, Set<EnvKey> asked) throws OutboundFailure {
        if (!found.isObject()) {
            throw malformed();
        }
        Map<EnvKey, PlainSecret> values = new HashMap<>();
        for (var member : found.properties()) {
            take(values, asked, member.getKey(), member.getValue());
        }
        return values;
    }

    /** Keeps the value if the key is among those asked for. */
    static void take(Map<EnvKey, PlainSecret> values, Set<EnvKey> asked, String key, JsonNode value)
            throws OutboundFailure {
        if (EnvKey.isValid(key) && asked.contains(EnvKey.of(key))) {
            values.put(EnvKey.of(key), value(value));
        }
    }

    private static PlainSecret value(JsonNode value) throws OutboundFailure {
        byte[] bytes = value.isString() ? value.stringValue().getBytes(StandardCharsets.UTF_8) : new byte[]{0};
        if (!EnvValue.isValid(bytes)) {
            throw malformed();
        }
        return PlainSecret.owning(bytes);
    }

    static OutboundFailure malformed() {
        return new OutboundFailure("malformed");
    }
}
