package build.leash.app.audit.verify;

import build.leash.app.audit.export.ExportLine;
import build.leash.app.audit.ledger.Checkpoint;
import build.leash.app.audit.ledger.Hash;
import build.leash.app.audit.ledger.SealedEvent;
import build.leash.app.audit.ledger.SignedNote;
import build.leash.app.audit.ledger.Subtree;
import build.leash.app.audit.ledger.VerifierKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an export line by line, computes every leaf and the root anew, and compares them with signed checkpoints. Needs
 * memory for one line, and for one number per organization.
 */
final class ExportVerifier {

    /** A field that is left out, or null, is no field of an event that anybody sealed. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final Collection<VerifierKey> keys;
    private final Findings findings = new Findings();
    private final Roots roots;
    private final Map<String, Long> organizationSizes = new HashMap<>();
    private long events;
    private long lines;
    private boolean isComplete;
    private boolean isGapFree = true;

    /** @param checkpoints got from elsewhere than the export, with signatures that were checked */
    ExportVerifier(Collection<VerifierKey> keys, List<Checkpoint> checkpoints) {
        this.keys = keys;
        this.roots = new Roots(checkpoints, findings);
    }

    Findings verify(BufferedReader export) throws IOException {
        for (String line = export.readLine(); line != null; line = export.readLine()) {
            lines++;
            try {
                read(JSON.readTree(line));
            } catch (JacksonException | IllegalArgumentException e) {
                findings.add("line " + lines + ", position " + roots.size() + ": not a line of an export");
            }
        }
        if (!isComplete) {
            findings.add("position " + roots.size() + ": the export breaks off here; resume it after its last event");
        }
        roots.end();
        return findings;
    }

    long events() {
        return events;
    }

    long size() {
        return roots.size();
    }

    private void read(JsonNode line) {
        switch (text(line, "kind")) {
            case ExportLine.Header.KIND -> header(line);
            case ExportLine.Event.KIND -> event(line);
            case ExportLine.Others.KIND -> others(line);
            case ExportLine.Checkpoint.KIND -> checkpoint(line);
            case ExportLine.Missing.KIND -> missing(line);
            case ExportLine.Stray.KIND -> findings.add("after position " + (roots.size() - 1) + ": the event "
                    + text(line, "id") + " (global index " + number(line, "globalIndex")
                    + ") stands in the log, but never came into the ledger: it was inserted");
            case ExportLine.End.KIND -> isComplete = number(line, "size") == roots.size();
            default -> throw new IllegalArgumentException("unknown kind");
        }
    }

    private void header(JsonNode line) {
        if (!text(line, "format").equals(ExportLine.Header.FORMAT)) {
            findings.add("line " + lines + ": this version does not know the format of the export");
        }
        if (keys.stream().noneMatch(key -> key.name().equals(line.path("origin").asString("")))) {
            findings.add("line " + lines + ": the export is of another log than the key");
        }
    }

    private void event(JsonNode line) {
        long position = number(line, "position");
        if (!isNext(position)) {
            return;
        }
        events++;
        Hash leaf = Hash.ofBase64(text(line, "leaf"));
        ObjectNode content = ((ObjectNode) line).deepCopy().without(List.of("kind", "position", "cursor", "leaf"));
        SealedEvent event = JSON.treeToValue(content, SealedEvent.class);
        if (!event.hash().equals(leaf)) {
            findings.add("position " + position + ": the event " + event.id() + " (global index " + event.globalIndex()
                    + ") is not as it was sealed");
        }
        countInOrganization(position, event);
        roots.append(Subtree.leaf(position), leaf);
    }

    private void countInOrganization(long position, SealedEvent event) {
        long first = isGapFree ? 0 : event.organizationPosition();
        long expected = organizationSizes.getOrDefault(event.organization(), first);
        if (event.organizationPosition() != expected) {
            findings.add("position " + position + ": event " + event.organizationPosition()
                    + " of the organization follows where event " + expected + " should: some are missing or moved");
        }
        organizationSizes.put(event.organization(), event.organizationPosition() + 1);
    }

    private void missing(JsonNode line) {
        long position = number(line, "position");
        if (isNext(position)) {
            findings.add("position " + position + ": the event with the global index " + number(line, "globalIndex")
                    + " is gone from the log");
            forgetOrganizationSizes();
            roots.append(Subtree.leaf(position), Hash.ofBase64(text(line, "leaf")));
        }
    }

    private void others(JsonNode line) {
        if (!isNext(number(line, "position"))) {
            return;
        }
        for (JsonNode node : line.path("subtrees")) {
            int level = node.path("level").asInt();
            roots.append(new Subtree(level, roots.size() >> level), Hash.ofBase64(text(node, "hash")));
        }
    }

    private void checkpoint(JsonNode line) {
        long size = number(line, "size");
        try {
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.open(text(line, "note"), keys));
            if (checkpoint.size() != size || !isNext(size)) {
                findings.add("position " + roots.size() + ": here stands the checkpoint of " + checkpoint.size()
                        + " events");
            } else {
                roots.compare(checkpoint);
            }
        } catch (IllegalArgumentException e) {
            findings.add("position " + (size - 1) + ": the checkpoint of " + size + " events: " + e.getMessage());
        }
    }

    /** Complains about lines that are missing before this position, or that stand in another place than theirs. */
    private boolean isNext(long position) {
        if (position < roots.size()) {
            findings.add("position " + position + ": stands behind position " + (roots.size() - 1)
                    + ", out of order or twice");
            return false;
        }
        if (position > roots.size()) {
            findings.add("positions " + roots.size() + " to " + (position - 1) + ": missing");
            roots.skipTo(position);
            forgetOrganizationSizes();
        }
        return true;
    }

    /** A gap is one finding; what it does to the numbers of an organization is no other. */
    private void forgetOrganizationSizes() {
        isGapFree = false;
        organizationSizes.clear();
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("no text " + name);
        }
        return value.stringValue();
    }

    private static long number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException("no number " + name);
        }
        return value.longValue();
    }
}
