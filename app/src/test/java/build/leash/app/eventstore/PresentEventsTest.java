package build.leash.app.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import build.leash.access.api.event.EventFamily;
import build.leash.app.eventstore.PresentEvents.Present;
import build.leash.app.eventstore.PresentEvents.Stored;
import java.util.List;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What those see who read the log's tables: an event of today, or a loud end. */
class PresentEventsTest {

    private static final String NAME = "billing.plan-changed";

    private final EventCatalogue catalogue = new EventCatalogue(
            List.of(new EventFamily(ArtificialEvents.Later.class)));
    private final PresentEvents events = new PresentEvents(catalogue,
            new EventSerializer(catalogue, new Aggregates(List.of())), Upcasters.of(List.of(new FromTheSecond())));

    private static final class FromTheSecond extends SingleEventUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(new SimpleSerializedType(NAME, "2"));
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(new SimpleSerializedType(NAME, "3"), JsonNode.class,
                    node -> ((ObjectNode) node).put("reason", "unknown"));
        }
    }

    @Test
    void knowsThePresentRevisions() {
        assertThat(events.revisions()).containsOnlyKeys(NAME).containsEntry(NAME, "3");
    }

    @Test
    void takesAnEarlierRevisionToThePresent() {
        assertThat(events.upcast(stored(NAME, "2"))).containsExactly(new Present(NAME, "{\"reason\":\"unknown\"}"));
    }

    @Test
    void stopsAtARevisionFromWhichNoUpcasterLeads() {
        assertThatIllegalStateException().isThrownBy(() -> events.upcast(stored(NAME, "1")))
                .withMessageContaining("Revision 1");
        assertThatIllegalStateException().isThrownBy(() -> events.upcast(stored(NAME, "4")));
    }

    @Test
    void stopsAtAnUnknownName() {
        assertThatExceptionOfType(UnknownEvent.class)
                .isThrownBy(() -> events.upcast(stored("billing.plan-cancelled", "1")));
    }

    private static Stored stored(String name, String revision) {
        return new Stored("Subscription", "subscription:x", 0, "event-1", "2026-01-31T12:00:00.000Z", name, revision,
                "{}", "{}");
    }
}
