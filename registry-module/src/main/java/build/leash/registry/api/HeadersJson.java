package build.leash.registry.api;

import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Static headers as read models keep them: a JSON array, plain values and references to secret ones. */
public final class HeadersJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<StaticHeader>> HEADERS = new TypeReference<>() {
    };

    private HeadersJson() {}

    public static String write(List<StaticHeader> headers) {
        return JSON.writeValueAsString(headers);
    }

    public static List<StaticHeader> read(String json) {
        return JSON.readValue(json, HEADERS);
    }
}
