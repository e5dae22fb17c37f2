package build.leash.app.audit.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a read model's table compares with what the log says.
 *
 * @param live the table as it is
 * @param replayed the table as made from the log
 * @param differences the first {@value Comparison#MAX_DIFFERENCES} rows that are not alike
 */
public record TableReport(String table, Digest live, Digest replayed, List<Difference> differences) {

    /** @param sha256 in hexadecimal: the rows are hashed with SHA-256, the hashes are sorted, those with the same first byte
     *        are hashed together, and these up to 256 hashes, in their order, once more */
    public record Digest(long rows, String sha256) {}

    /**
     * @param key the row's primary key, as JSON
     * @param what {@code changed}, {@code missing} (the log says it should be there) or {@code surplus}
     */
    public record Difference(String key, String what) {}

    @JsonProperty("identical")
    public boolean isIdentical() {
        return live.equals(replayed);
    }
}
