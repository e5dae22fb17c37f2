package build.leash.secrets.env;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A source's settings as the read model keeps them: a JSON object of strings. */
final class SettingsJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> SETTINGS = new TypeReference<>() {
    };

    private SettingsJson() {}

    static String write(Map<String, String> settings) {
        return JSON.writeValueAsString(settings);
    }

    static Map<String, String> read(String json) {
        return JSON.readValue(json, SETTINGS);
    }
}
