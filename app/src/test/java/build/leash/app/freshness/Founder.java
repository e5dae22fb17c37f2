package build.leash.app.freshness;

import build.leash.app.dashboard.Wire;
import build.leash.app.support.LeashProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Founds organizations as the owner of the first one does on the dashboard: each step on another node. */
final class Founder {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PASSWORD = "a sentence that the first owner chose";

    private final List<Wire> nodes;
    private final String session;
    private int turn;

    /** @param folders of the nodes' data, in one of which is the first run's file */
    Founder(List<LeashProcess> nodes, List<Path> folders) {
        this.nodes = nodes.stream().map(node -> new Wire(node.baseUrl())).toList();
        List<JsonNode> firstRuns = folders.stream().map(folder -> folder.resolve("first-run.json"))
                .filter(Files::exists).map(file -> JSON.readTree(file.toFile())).toList();
        if (firstRuns.size() != 1) {
            throw new AssertionError(firstRuns.size() + " nodes founded the first organization");
        }
        String email = firstRuns.getFirst().get("ownerEmail").stringValue();
        String password = firstRuns.getFirst().get("ownerPassword").stringValue();
        String first = Wire.session(next().signIn(email, password, ""));
        next().post("/dashboard/password", next().in(first),
                Map.of("current", password, "password", PASSWORD, "repeated", PASSWORD));
        this.session = Wire.session(next().signIn(email, PASSWORD, ""));
    }

    /** A management key of a new organization, which is on Starter. */
    String adminKey(String organization) {
        next().post("/dashboard/organizations/new", next().in(session), Map.of("name", organization));
        HttpResponse<String> key = next().json("POST", "/api/organization/api-keys", next().in(session),
                "{\"name\": \"admin\", \"kind\": \"management\", \"role\": \"owner\"}");
        if (key.statusCode() != 201) {
            throw new AssertionError(key.body());
        }
        return JSON.readTree(key.body()).get("value").stringValue();
    }

    private Wire next() {
        return nodes.get(turn++ % nodes.size());
    }
}
