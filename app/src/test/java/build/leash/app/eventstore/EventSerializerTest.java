package build.leash.app.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import build.leash.access.api.Commands;
import java.util.List;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSerializerTest {

    private static final String REGISTERED = "registry.mcp-server-registered";

    private final JsonMapper json = JsonMapper.builder().build();
    private final EventSerializer serializer = new EventSerializer(new EventCatalogue(GoldenEvents.families()),
            new Aggregates(List.of()));

    @ParameterizedTest
    @ValueSource(strings = {"registry.mcp-server-renamed", "build.leash.registry.api.event.McpServerRegistered",
            "java.lang.String", "org.axonframework.serialization.UnknownSerializedType", "snapshot.McpServer"})
    void anUnknownNameStopsTheReader(String name) {
        assertThatExceptionOfType(UnknownEvent.class)
                .isThrownBy(() -> serializer.deserialize(stored(name, golden(REGISTERED + ".1").toString())));
    }

    @Test
    void anUnknownPropertyStopsTheReader() {
        ObjectNode event = golden(REGISTERED + ".1").put("colour", "green");
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.deserialize(stored(REGISTERED, event.toString())));
    }

    @Test
    void anUnknownNestedPropertyStopsTheReader() {
        ObjectNode event = golden(REGISTERED + ".1");
        event.withObject("/bearer").put("token", "x");
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.deserialize(stored(REGISTERED, event.toString())));
    }

    @Test
    void aMissingNumberIsNotTakenForZero() {
        ObjectNode event = golden(REGISTERED + ".1");
        event.remove("version");
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.deserialize(stored(REGISTERED, event.toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"x\"", "7"})
    void anythingButItsObjectStopsTheReader(String payload) {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.deserialize(stored(REGISTERED, payload)));
    }

    @Test
    void writesNothingThatIsNoEvent() {
        assertThatIllegalStateException().isThrownBy(() -> serializer.serialize("text", String.class));
        assertThatIllegalStateException().isThrownBy(() -> serializer.serialize(List.of(), byte[].class));
    }

    @Test
    void metadataIsReadAsItWasWritten() {
        MetaData metadata = MetaData.with(Commands.ACTOR, "system:first-run").and(Commands.REQUEST_ID, "r-1");
        SerializedObject<byte[]> written = serializer.serialize(metadata, byte[].class);
        assertThat((Object) serializer.deserialize(written)).isEqualTo(metadata);
    }

    private ObjectNode golden(String nameAndRevision) {
        return (ObjectNode) json.readTree(GoldenEvents.read(nameAndRevision));
    }

    private static SerializedObject<String> stored(String name, String payload) {
        return new SimpleSerializedObject<>(payload, String.class, new SimpleSerializedType(name, "1"));
    }
}
