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

    /** @param sha256 of the rows' SHA-256 hashes in their order, in hexadecimal */
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
