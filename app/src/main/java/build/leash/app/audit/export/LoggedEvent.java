package build.leash.app.audit.export;

import build.leash.app.audit.ledger.Hash;
import build.leash.app.audit.ledger.SealedEvent;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log beside its leaf in the ledger.
 *
 * @param position in the ledger; null if it is not sealed
 * @param leaf the hash with which it was sealed; null if it is not sealed
 * @param content null if the ledger has it, but the log has not
 */
record LoggedEvent(long globalIndex, @Nullable Long position, @Nullable Hash leaf, @Nullable SealedEvent content) {

    /** The columns from which {@link #of} reads, of {@code eventstore.domain_event e} and {@code audit.leaf l}. */
    static final String COLUMNS = """
            coalesce(e.global_index, l.global_index) as global_index, l.position, l.hash, l.organization_position,
            e.event_identifier, e.aggregate_identifier, e.sequence_number, e.type, e.time_stamp, e.payload_type,
            e.payload_revision, e.payload, e.meta_data, coalesce(e.organization_id, l.organization_id) as organization
            """;

    static LoggedEvent of(ResultSet row, int number) throws SQLException {
        byte[] hash = row.getBytes("hash");
        return new LoggedEvent(row.getLong("global_index"), row.getObject("position", Long.class),
                hash == null ? null : new Hash(hash), content(row));
    }

    private static @Nullable SealedEvent content(ResultSet row) throws SQLException {
        String id = row.getString("event_identifier");
        if (id == null) {
            return null;
        }
        return new SealedEvent(row.getString("organization"), row.getLong("organization_position"),
                row.getLong("global_index"), id, row.getString("aggregate_identifier"), row.getLong("sequence_number"),
                row.getString("type"), row.getString("time_stamp"), row.getString("payload_type"),
                row.getString("payload_revision"), text(row, "payload"), text(row, "meta_data"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return new String(row.getBytes(column), StandardCharsets.UTF_8);
    }
}
