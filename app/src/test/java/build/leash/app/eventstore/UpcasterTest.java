package build.leash.app.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventFamily;
import build.leash.billing.api.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way in which a later version reads what this one wrote: step by step, on the JSON, from a golden file. */
class UpcasterTest {

    private static final String NAME = "billing.plan-changed";

    private final EventSerializer later = new EventSerializer(
            new EventCatalogue(List.of(new EventFamily(ArtificialEvents.Later.class))), new Aggregates(List.of()));
    private final EventUpcasterChain chain = new EventUpcasterChain(new Step("1", "2", UpcasterTest::renamed),
            new Step("2", "3", event -> event.put("reason", "unknown")));

    @Test
    void readsAnOldRevisionThroughAllStepsBetween() {
        DomainEventMessage<?> read = read(NAME, "1", GoldenEvents.read(NAME + ".1"), chain);
        assertThat(read.getPayload()).isEqualTo(new ArtificialEvents.PlanMoved(
                OrganizationId.of("6f1d2c34-58aa-4c0e-9b7d-2f3a4b5c6d7e"), Plan.STARTER, Plan.GROWTH, "unknown"));
        assertThat(read.getMetaData()).containsEntry("actor", "system:test");
        assertThat(read.getSequenceNumber()).isEqualTo(7);
    }

    @Test
    void leavesThePresentRevisionAlone() {
        ArtificialEvents.PlanMoved event = new ArtificialEvents.PlanMoved(OrganizationId.random(), Plan.SCALE,
                Plan.GROWTH, "smaller team");
        String written = later.serialize(event, String.class).getData();
        assertThat(read(NAME, "3", written, chain).getPayload()).isEqualTo(event);
    }

    @Test
    void anOldRevisionWithoutItsUpcasterStopsTheReader() {
        EventUpcasterChain gap = new EventUpcasterChain(new Step("2", "3", event -> event.put("reason", "unknown")));
        DomainEventMessage<?> read = read(NAME, "1", GoldenEvents.read(NAME + ".1"), gap);
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(read::getPayload);
    }

    @Test
    void anUnknownNameStopsTheReaderInsteadOfBeingSkipped() {
        assertThatExceptionOfType(UnknownEvent.class)
                .isThrownBy(() -> read("billing.plan-cancelled", "1", "{}", chain));
    }

    @Test
    void trackingReadersDoNotSkipAnUnknownNameEither() {
        var entry = new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(1),
                entry("billing.plan-cancelled", "1", "{}"));
        assertThatExceptionOfType(UnknownEvent.class).isThrownBy(
                () -> EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(entry), later, chain).toList());
    }

    private DomainEventMessage<?> read(String name, String revision, String payload, EventUpcasterChain upcasters) {
        return EventStreamUtils
                .upcastAndDeserializeDomainEvents(Stream.of(entry(name, revision, payload)), later, upcasters).next();
    }

    private GenericDomainEventEntry<byte[]> entry(String name, String revision, String payload) {
        byte[] metadata = later.serialize(MetaData.with("actor", "system:test"), byte[].class).getData();
        return new GenericDomainEventEntry<>("Subscription", "subscription:x", 7, "event-1",
                Instant.parse("2026-01-01T00:00:00Z"), name, revision, payload.getBytes(StandardCharsets.UTF_8),
                metadata);
    }

    private static ObjectNode renamed(ObjectNode event) {
        event.set("before", event.remove("from"));
        event.set("after", event.remove("to"));
        return event;
    }

    private static final class Step extends SingleEventUpcaster {

        private final SimpleSerializedType from;
        private final SimpleSerializedType to;
        private final Function<ObjectNode, ObjectNode> change;

        Step(String from, String to, Function<ObjectNode, ObjectNode> change) {
            this.from = new SimpleSerializedType(NAME, from);
            this.to = new SimpleSerializedType(NAME, to);
            this.change = change;
        }

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(from);
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(to, JsonNode.class, node -> change.apply((ObjectNode) node));
        }
    }
}
