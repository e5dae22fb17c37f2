package build.leash.app.audit;

import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import tools.jackson.databind.JsonNode;

/** Replays of an organization over HTTP. */
public final class AuditReplays {

    private static final String PATH = "/api/organization/audit/replay";

    private AuditReplays() {}

    /** Starts one and waits for its end. */
    public static JsonNode run(LeashClient client, String key, boolean isSwapWanted) {
        JsonNode started = client.post(PATH, "{\"swap\": " + isSwapWanted + "}").key(key).send().json();
        Poll.until("the replay ends", () -> !get(client, key).get("state").stringValue().equals("running"));
        JsonNode ended = get(client, key);
        if (!ended.get("id").equals(started.get("id")) || !ended.get("state").stringValue().equals("finished")) {
            throw new AssertionError("Started as " + started + " and ended as " + ended);
        }
        return ended;
    }

    private static JsonNode get(LeashClient client, String key) {
        return client.get(PATH).key(key).send().json();
    }
}
