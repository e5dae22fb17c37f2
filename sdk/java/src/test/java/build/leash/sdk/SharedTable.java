package build.leash.sdk;

import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What all SDKs have to do, as data. */
final class SharedTable {

    private static final Path TABLES = Path.of(System.getProperty("basedir", "")).toAbsolutePath()
            .resolve("../conformance");

    private SharedTable() {}

    static Stream<JsonNode> rows(String table) {
        return JsonMapper.shared().readTree(TABLES.resolve(table + ".json").toFile()).get("rows").valueStream();
    }
}
