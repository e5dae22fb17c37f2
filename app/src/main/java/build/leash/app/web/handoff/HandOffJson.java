package build.leash.app.web.handoff;

import build.leash.config.api.HandOff;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the body of an answer, member by member: a mapper would look up for each what this knows. */
final class HandOffJson {

    private static final int USUAL_BYTES = 512;

    private final JsonFactory factory = new JsonFactory();

    byte[] write(HandOff.Endpoint endpoint) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeBooleanProperty("success", true);
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("slug", endpoint.slug());
            json.writeStringProperty("displayName", endpoint.displayName());
            json.writeStringProperty("url", endpoint.url());
            json.writeObjectPropertyStart("headers");
            for (Map.Entry<String, String> header : endpoint.headers().entrySet()) {
                json.writeStringProperty(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeStringProperty("transport", endpoint.transport().toString());
            json.writeNumberProperty("version", endpoint.version().version());
            json.writeEndObject();
            json.writeEndObject();
        }
        return body.toByteArray();
    }
}
