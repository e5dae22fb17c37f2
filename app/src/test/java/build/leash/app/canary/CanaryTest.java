package build.leash.app.canary;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BesideOthers
class CanaryTest {

    /** A display name: plain text that is kept in the open, so that a search for it must succeed. */
    static final String PLANT = "Plant-" + UUID.randomUUID();

    private static final String TOKEN = "Canary~" + UUID.randomUUID();
    private static final List<String> NEEDS_AN_ARGUMENT_OR_HOLDS_THE_MEMORY = List.of("{", "heapdump");

    @TempDir
    private Path folder;

    /** Where a trace may be left: the name of the place, and all that is there. */
    private final Map<String, byte[]> places = new LinkedHashMap<>();

    @Test
    void secretsAreNowhereButWhereTheyBelong() throws Exception {
        LeashProcess leash = LeashProcess.start(folder);
        List<Needle> secrets = new ArrayList<>(List.of(Needle.of("the token", TOKEN)));
        try (leash) {
            JsonNode firstRun = JsonMapper.builder().build()
                    .readTree(leash.dataDirectory().resolve("first-run.json").toFile());
            for (String name : List.of("ownerPassword", "apiKey", "adminKey")) {
                secrets.add(Needle.of(name, firstRun.get(name).stringValue()));
            }
            CarelessCaller caller = new CarelessCaller(leash.client(), firstRun.get("adminKey").stringValue(),
                    firstRun.get("apiKey").stringValue(), TOKEN);
            caller.usesItAsItIsMeant();
            caller.keepsItAsAnEnvValue();
            secrets.add(Needle.of("a new key", caller.issuesKey()));
            caller.putsItIntoBodies();
            caller.putsItIntoHeaders();
            caller.putsItIntoLines();
            places.put("answers", caller.answers());
            places.put("management", management(leash.client()));
            places.put("database", new DatabaseDump(leash.dataDirectory()).everything());
        }
        leash.logs().forEach(log -> places.put(log.getFileName().toString(), read(log)));
        dataFiles(leash.dataDirectory()).forEach(file -> places.put(folder.relativize(file).toString(), read(file)));

        thereIsSomethingToFindInEveryPlace();
        assertThat(leaks(secrets)).isEmpty();
    }

    private void thereIsSomethingToFindInEveryPlace() {
        assertThat(placesWith(PLANT)).contains("answers", "database")
                .anyMatch(place -> place.startsWith("data/pgdata/base/"))
                .anyMatch(place -> place.startsWith("data/pgdata/pg_wal/"));
        assertThat(placesWith("insert into registry.mcp_server")).contains("leash.log", "out");
        assertThat(placesWith("DEBUG")).contains("leash.log", "out");
        assertThat(placesWith("HikariPool")).contains("management");
        assertThat(placesWith("McpServerController")).contains("management");
        assertThat(places).containsKeys("data/postgres.log", "data/keyring", "err")
                .doesNotContainKey("data/first-run.json");
        places.put("planted", ("x" + TOKEN + "y").getBytes(StandardCharsets.UTF_8));
        assertThat(leaks(List.of(Needle.of("the token", TOKEN)))).anyMatch(leak -> leak.contains("in planted"));
        places.remove("planted");
    }

    private List<String> placesWith(String text) {
        Needle needle = Needle.of("", text);
        return places.keySet().stream().filter(place -> needle.in(Needle.latin1(places.get(place))).isPresent())
                .toList();
    }

    private List<String> leaks(List<Needle> secrets) {
        List<String> leaks = new ArrayList<>();
        places.forEach((place, bytes) -> {
            String latin1 = Needle.latin1(bytes);
            for (Needle secret : secrets) {
                secret.in(latin1).ifPresent(form -> {
                    int at = latin1.indexOf(form);
                    leaks.add(secret.name() + " in " + place + ": " + latin1.substring(Math.max(0, at - 300), at) + "…"
                            + latin1.substring(at + form.length(), Math.min(latin1.length(), at + form.length() + 40)));
                });
            }
        });
        return leaks;
    }

    /** Health, environment, beans, mappings, metrics, threads and whatever else there is for operators. */
    private static byte[] management(LeashClient client) {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        JsonNode links = client.get("/actuator").send().json().get("_links");
        links.forEach(link -> {
            String path = link.get("href").stringValue().replaceFirst("http://[^/]+", "");
            if (NEEDS_AN_ARGUMENT_OR_HOLDS_THE_MEMORY.stream().noneMatch(path::contains)) {
                LeashAnswer answer = client.get(path).send();
                assertThat(answer.status()).as(path).isEqualTo(200);
                answers.writeBytes(answer.body());
            }
        });
        return answers.toByteArray();
    }

    /** All files below, but for the one whose purpose it is to tell, and the unpacked programs of PostgreSQL. */
    private static List<Path> dataFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.endsWith("first-run.json"))
                    .filter(file -> !file.startsWith(directory.resolve("postgres"))).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void searchFindsASecretHoweverItIsWritten() {
        byte[] secret = TOKEN.getBytes(StandardCharsets.UTF_8);
        Needle needle = Needle.of("the token", TOKEN);
        for (String before : List.of("", "a", "ab", "abc")) {
            byte[] around = (before + TOKEN + "{\"z\"").getBytes(StandardCharsets.UTF_8);
            assertThat(needle.in(Needle.latin1(around))).isPresent();
            assertThat(needle.in(Base64.getEncoder().encodeToString(around))).isPresent();
            assertThat(needle.in(Base64.getUrlEncoder().encodeToString(around))).isPresent();
            assertThat(needle.in(HexFormat.of().formatHex(around))).isPresent();
            assertThat(needle.in(HexFormat.of().withUpperCase().formatHex(around))).isPresent();
            assertThat(needle.in(Needle.latin1((before + TOKEN).getBytes(StandardCharsets.UTF_16LE)))).isPresent();
        }
        assertThat(needle.in("x=" + TOKEN.replace("~", "%7E"))).isPresent();
        assertThat(needle.in(Needle.latin1(secret).substring(1))).isEmpty();
    }
}
