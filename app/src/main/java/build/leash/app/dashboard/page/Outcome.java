package build.leash.app.dashboard.page;

import build.leash.app.dashboard.live.Topic;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the page what a command did: a sentence for the person, and which of its parts are out of date now. The events
 * go to the body, since what sent the command may be gone by then: somebody else's change replaces parts of the page.
 */
public final class Outcome {

    private static final String TRIGGER = "HX-Trigger";
    private static final String TARGET = "body";
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Outcome() {}

    /** The command is done, and the dialog with it. */
    public static void done(HttpServletResponse response, String sentence, Topic... changed) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        trigger(response, "leash-done", sentence, changed);
    }

    /** The command is done, and the answer is what comes next in the dialog. */
    public static void shown(HttpServletResponse response, Topic... changed) {
        trigger(response, new LinkedHashMap<>(), changed);
    }

    /** The command was turned down. */
    public static void failed(HttpServletResponse response, String sentence) {
        trigger(response, "leash-failed", sentence);
    }

    private static void trigger(HttpServletResponse response, String event, String sentence, Topic... changed) {
        Map<String, Object> events = new LinkedHashMap<>();
        events.put(event, Map.of("target", TARGET, "message", sentence));
        trigger(response, events, changed);
    }

    private static void trigger(HttpServletResponse response, Map<String, Object> events, Topic... changed) {
        for (Topic topic : changed) {
            events.put(topic.event(), Map.of("target", TARGET));
        }
        response.setHeader(TRIGGER, JSON.writeValueAsString(events));
    }
}
