package build.leash.app.eventstore;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/** Events in their present revisions, for those who read the log's tables and not Axon's streams. */
public final class PresentEvents {

    private final EventSerializer serializer;
    private final Upcasters upcasters;
    private final Map<String, String> revisions;

    PresentEvents(EventCatalogue catalogue, EventSerializer serializer, Upcasters upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
        this.revisions = catalogue.events().stream().map(serializer::typeForClass)
                .collect(Collectors.toUnmodifiableMap(SerializedType::getName, SerializedType::getRevision));
    }

    /**
     * An event of the log, as it is stored.
     *
     * @param type of the aggregate
     * @param time RFC 3339
     * @param payload JSON
     * @param metadata JSON
     */
    public record Stored(String type, String aggregate, long sequence, String id, String time, String name,
            String revision, String payload, String metadata) {}

    /** @param json the payload, as the event's class of today writes it */
    public record Present(String name, String json) {}

    /** The present revision of each event, by its name. */
    public Map<String, String> revisions() {
        return revisions;
    }

    /**
     * Takes an event to its present revision. An upcaster may make several of it, or none.
     *
     * @throws UnknownEvent if no module records events of that name
     * @throws IllegalStateException if no upcaster leads from the revision to the present one
     */
    public List<Present> upcast(Stored stored) {
        Stream<IntermediateEventRepresentation> initial = Stream.of(new InitialEventRepresentation(
                new GenericDomainEventEntry<>(stored.type(), stored.aggregate(), stored.sequence(), stored.id(),
                        stored.time(), stored.name(), stored.revision(), bytes(stored.payload()),
                        bytes(stored.metadata())),
                serializer));
        return upcasters.chain().upcast(initial).map(this::present).toList();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private Present present(IntermediateEventRepresentation event) {
        String name = event.getType().getName();
        String present = revisions.get(name);
        if (present == null) {
            throw new UnknownEvent(name);
        }
        if (!present.equals(event.getType().getRevision())) {
            throw new IllegalStateException("Revision " + event.getType().getRevision() + " of " + name
                    + " has no upcaster to " + present);
        }
        return new Present(name, new String(event.getData(byte[].class).getData(), StandardCharsets.UTF_8));
    }
}
