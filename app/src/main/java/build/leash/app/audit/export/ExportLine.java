package build.leash.app.audit.export;

import build.leash.app.audit.ledger.Hash;
import build.leash.app.audit.ledger.SealedEvent;
import build.leash.app.audit.ledger.Subtree;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of an export in the format {@code jsonl}: a JSON object whose {@code kind} tells what it is. */
@JsonPropertyOrder("kind")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ExportLine {

    @JsonProperty
    String kind();

    /** The first line of an export. {@code organization} is null if it is of the whole installation. */
    record Header(String kind, String format, String origin, @Nullable String organization,
            long size) implements ExportLine {

        public static final String KIND = "export";
        public static final String FORMAT = "leash-export-1";

        static Header of(String origin, @Nullable String organization, long size) {
            return new Header(KIND, FORMAT, origin, organization, size);
        }
    }

    /** An event at its place in the ledger. {@code cursor} is where to go on after it. */
    record Event(String kind, long position, String cursor, @JsonUnwrapped SealedEvent content,
            String leaf) implements ExportLine {

        public static final String KIND = "event";

        static Event of(long position, String cursor, SealedEvent content, Hash leaf) {
            return new Event(KIND, position, cursor, content, leaf.base64());
        }
    }

    /** Subtrees with the events of others, of which only the hashes are told. */
    record Others(String kind, long position, List<Node> subtrees) implements ExportLine {

        public static final String KIND = "others";

        /** @param level the subtree has 2<sup>level</sup> leaves */
        public record Node(int level, String hash) {

            static Node of(Subtree subtree, Hash hash) {
                return new Node(subtree.level(), hash.base64());
            }
        }
    }

    /** A checkpoint of the tree of all the lines before. */
    record Checkpoint(String kind, long size, String note) implements ExportLine {

        public static final String KIND = "checkpoint";
    }

    /** A place in the ledger whose event is not in the log any more. */
    record Missing(String kind, long position, long globalIndex, String leaf) implements ExportLine {

        public static final String KIND = "missing";
    }

    /** An event of the log that never came into the ledger. */
    record Stray(String kind, @JsonUnwrapped SealedEvent content) implements ExportLine {

        public static final String KIND = "stray";
    }

    /** The last line of a complete export. */
    record End(String kind, long size) implements ExportLine {

        public static final String KIND = "end";
    }
}
