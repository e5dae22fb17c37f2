package build.leash.app.audit.export;

import static java.util.Objects.requireNonNull;

import build.leash.app.audit.ledger.SealedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as lists show it.
 *
 * @param position in the ledger; null until it is sealed, a second or two after it was recorded
 */
public record EventJson(String id, @Nullable Long position, String time, String type, String revision,
        @Nullable JsonNode actor, @Nullable JsonNode requestId, String aggregate, long sequence, JsonNode data) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * An event with what proves its place in the ledger.
     *
     * @param leaf the hash of {@code event}
     * @param checkpoint a signed note
     * @param path from the leaf to the checkpoint's root
     */
    public record Proven(SealedEvent event, long position, String leaf, String checkpoint, List<String> path) {}

    static EventJson of(LoggedEvent logged) {
        SealedEvent event = requireNonNull(logged.content());
        JsonNode metadata = JSON.readTree(event.metadata());
        return new EventJson(event.id(), logged.position(), event.time(), event.type(), event.revision(),
                metadata.get("actor"), metadata.get("requestId"), event.aggregate(), event.sequence(),
                JSON.readTree(event.payload()));
    }
}
