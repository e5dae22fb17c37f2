package build.leash.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each module owns its schemas: no SQL of another one names a table in them. */
class SchemasTest {

    /** Surefire runs in the folder of the module {@code app}. */
    private static final Path HOUSE = Path.of("..");
    private static final Map<String, Set<String>> SCHEMAS = Map.of("access-module", Set.of("access"), "billing-module",
            Set.of("billing"), "secrets-module", Set.of("secrets"), "registry-module", Set.of("registry"),
            "config-module", Set.of("config"), "app", Set.of("eventstore", "audit", "web"));
    private static final Pattern STRING = Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"",
            Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile(
            "create\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)\\.(\\w+)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> TABLES = tables();

    static Set<String> modules() {
        return SCHEMAS.keySet();
    }

    @Test
    void everySchemaHasTables() {
        Set<String> withTables = TABLES.stream().map(table -> table.substring(0, table.indexOf('.')))
                .collect(Collectors.toSet());
        assertThat(withTables).isEqualTo(
                SCHEMAS.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void migratesItsOwnSchemasOnly(String module) {
        for (Path migration : files(module, ".sql")) {
            String schema = migration.getParent().getFileName().toString();
            assertThat(SCHEMAS.get(module)).as(migration.toString()).contains(schema);
            assertThat(tablesNamedIn(text(migration))).as(migration.toString())
                    .allMatch(table -> table.startsWith(schema + "."));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void asksItsOwnTablesOnly(String module) {
        List<Path> sources = files(module, ".java");
        assertThat(sources).isNotEmpty();
        for (Path source : sources) {
            assertThat(stringsIn(text(source)).stream().flatMap(string -> tablesNamedIn(string).stream()))
                    .as(source.toString())
                    .allMatch(table -> SCHEMAS.get(module).contains(table.substring(0, table.indexOf('.'))));
        }
    }

    /** No text hides a schema behind a search path or a variable. */
    @ParameterizedTest
    @MethodSource("modules")
    void namesEveryTableWithItsSchema(String module) {
        Set<String> bareNames = TABLES.stream().map(table -> table.substring(table.indexOf('.') + 1))
                .collect(Collectors.toSet());
        Pattern bare = Pattern.compile("\\b(?:from|join|into|update|table)\\s+(\\w+)\\b(?!\\.)",
                Pattern.CASE_INSENSITIVE);
        for (Path source : files(module, ".java")) {
            for (String string : stringsIn(text(source))) {
                assertThat(string.toLowerCase(Locale.ROOT)).as(source.toString())
                        .doesNotContain("search_path");
                assertThat(bare.matcher(string).results().map(match -> match.group(1))).as(source.toString())
                        .doesNotContainAnyElementsOf(bareNames);
            }
        }
    }

    private static Set<String> tablesNamedIn(String text) {
        return TABLES.stream()
                .filter(table -> Pattern.compile("(?<![\\w.])" + Pattern.quote(table) + "(?![\\w-])").matcher(text)
                        .find())
                .collect(Collectors.toSet());
    }

    private static Set<String> tables() {
        return SCHEMAS.keySet().stream().flatMap(module -> files(module, ".sql").stream()).map(SchemasTest::text)
                .flatMap(sql -> TABLE.matcher(sql).results()).map(match -> match.group(1) + "." + match.group(2))
                .collect(Collectors.toSet());
    }

    private static List<String> stringsIn(String source) {
        List<String> strings = new ArrayList<>();
        Matcher string = STRING.matcher(source);
        while (string.find()) {
            strings.add(string.group(1) == null ? string.group(2) : string.group(1));
        }
        return strings;
    }

    private static List<Path> files(String module, String suffix) {
        try (Stream<Path> files = Files.walk(HOUSE.resolve(module).resolve("src/main"))) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
