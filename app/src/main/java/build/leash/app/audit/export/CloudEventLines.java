package build.leash.app.audit.export;

import build.leash.app.audit.ledger.SealedEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each event as a CloudEvent in JSON (CloudEvents 1.0.2, JSON event format), one per line; what is no event is left out. */
final class CloudEventLines implements ExportTarget {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OutputStream out;
    private final String source;

    CloudEventLines(OutputStream out, String origin) {
        this.out = out;
        this.source = "https://" + origin;
    }

    @Override
    public void write(ExportLine line) throws IOException {
        if (line instanceof ExportLine.Event event) {
            out.write(JSON.writeValueAsBytes(CloudEvent.of(source, event)));
            out.write('\n');
        }
    }

    @Override
    public boolean wantsHashes() {
        return false;
    }

    /** The attributes from {@code organization} on are extensions, whose names have only small letters and digits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CloudEvent(String specversion, String id, String source, String type, String subject, String time,
            String datacontenttype, String organization, String revision, @Nullable String actor,
            @Nullable String requestid, String sequence, String cursor, @JsonRawValue String data) {

        static CloudEvent of(String source, ExportLine.Event line) {
            SealedEvent event = line.content();
            JsonNode metadata = JSON.readTree(event.metadata());
            return new CloudEvent("1.0", event.id(), source, event.type(), event.aggregate(), event.time(),
                    "application/json", event.organization(), event.revision(), text(metadata, "actor"),
                    text(metadata, "requestId"), Long.toString(line.position()), line.cursor(), oneLine(event));
        }

        /** A line break in JSON stands between tokens, never within a string, so a space does as well. */
        private static String oneLine(SealedEvent event) {
            return event.payload().replace('\n', ' ').replace('\r', ' ');
        }

        private static @Nullable String text(JsonNode metadata, String name) {
            JsonNode value = metadata.get(name);
            return value == null || !value.isString() ? null : value.stringValue();
        }
    }
}
