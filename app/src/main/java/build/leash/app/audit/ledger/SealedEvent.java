package build.leash.app.audit.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event as the ledger seals it.
 *
 * @param organizationPosition its place among the events of its organization, from 0 without gaps
 * @param time as the log has it, RFC 3339 in UTC with milliseconds
 * @param payload JSON, exactly as the log has it
 * @param metadata JSON, exactly as the log has it
 */
public record SealedEvent(String organization, long organizationPosition, long globalIndex, String id,
        String aggregate, long sequence, String aggregateType, String time, String type, String revision,
        String payload, String metadata) {

    private static final String FORMAT = "leash-event-1";

    /** What is hashed: each field in UTF-8, numbers in decimal, after its length in four bytes, the highest first. */
    public byte[] canonical() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + payload.length() + metadata.length());
        for (String field : List.of(FORMAT, organization, Long.toString(organizationPosition),
                Long.toString(globalIndex), id, aggregate, Long.toString(sequence), aggregateType, time, type, revision,
                payload, metadata)) {
            byte[] content = field.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
            bytes.writeBytes(content);
        }
        return bytes.toByteArray();
    }

    public Hash hash() {
        return Hash.ofLeaf(canonical());
    }
}
