package build.leash.access.apikey;

import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code access.api-key-issued} of revision 1, from before there were apps: such a key is the default app's. */
final class IssuedBeforeApps extends SingleEventUpcaster {

    private static final SimpleSerializedType BEFORE = new SimpleSerializedType("access.api-key-issued", "1");
    private static final SimpleSerializedType AFTER = new SimpleSerializedType("access.api-key-issued", "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(BEFORE);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(AFTER, JsonNode.class, key -> ((ObjectNode) key).putNull("app"));
    }
}
