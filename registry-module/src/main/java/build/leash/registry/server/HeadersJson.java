package build.leash.registry.server;

import build.leash.registry.api.StaticHeader;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Static headers as the read model keeps them: a JSON array, names and references only. */
final class HeadersJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<StaticHeader>> HEADERS = new TypeReference<>() {
    };

    private HeadersJson() {}

    static String write(List<StaticHeader> headers) {
        return JSON.writeValueAsString(headers);
    }

    static List<StaticHeader> read(String json) {
        return JSON.readValue(json, HEADERS);
    }
}
