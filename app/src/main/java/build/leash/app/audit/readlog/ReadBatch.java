package build.leash.app.audit.readlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Reads on their way into {@code audit.read}, in one transaction: rows go to the database piece by piece as they come, so
 * that it has no burst of work at the end. All of them are in after {@link #commit}, or none.
 *
 * <p>
 * Whatever fails throws {@link DataAccessResourceFailureException}. If the commit does, nobody knows whether they are in.
 */
final class ReadBatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadBatch.class);
    private static final String COPY = """
            copy audit.read (at, kind, organization_id, key_id, slug, version, env_key, outcome, request_id, remote_address,
            user_agent, times) from stdin (format binary)""";
    /** Of each row. */
    static final int COLUMNS = 12;
    /** In the order of the ids, as the next: so two nodes lock the same rows in the same order. */
    private static final String FETCHED = """
            insert into audit.last_fetch as f (organization_id, server_id, at)
            select * from unnest(?::text[]::uuid[], ?::text[]::uuid[], ?::text[]::timestamptz[]) order by 1, 2
            on conflict (organization_id, server_id) do update set at = greatest(f.at, excluded.at)""";
    private static final String USED = """
            insert into audit.last_use as u (key_id, at)
            select * from unnest(?::text[]::uuid[], ?::text[]::timestamptz[]) order by 1
            on conflict (key_id) do update set at = greatest(u.at, excluded.at)""";

    private final Connection connection;
    private final CopyIn copy;
    private int sent;

    /** @param connection in a transaction that has begun; closed with this */
    ReadBatch(Connection connection) throws SQLException {
        this.connection = connection;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    }

    /** Sends those of their rows that this batch has not sent yet. */
    void send(UnwrittenReads reads) {
        try {
            sent = reads.rows().sendTo(copy, sent);
        } catch (SQLException e) {
            throw notWritten(e);
        }
    }

    /** Commits what was sent, with the times that follow from it. */
    void commit(UnwrittenReads reads) {
        try {
            CopyRows.end(copy);
            upsert(FETCHED, List.of(reads.fetched().keySet().stream().map(UnwrittenReads.Server::organization),
                    reads.fetched().keySet().stream().map(UnwrittenReads.Server::id),
                    reads.fetched().values().stream()));
            upsert(USED, List.of(reads.used().keySet().stream(), reads.used().values().stream()));
            connection.commit();
        } catch (SQLException e) {
            throw notWritten(e);
        }
    }

    /** In one statement, however many rows there are. */
    private void upsert(String statement, List<Stream<?>> columns) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(statement)) {
            for (int i = 0; i < columns.size(); i++) {
                upsert.setArray(i + 1,
                        connection.createArrayOf("text", columns.get(i).map(Object::toString).toArray()));
            }
            upsert.executeUpdate();
        }
    }

    /** Without a commit before, none is in. */
    @Override
    public void close() {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            LOG.debug("Not cancelled: {}", e.getClass().getSimpleName());
        } finally {
            giveBack(connection);
        }
    }

    /** After a commit there is nothing to roll back; before one, a connection that is broken has nothing to keep. */
    static void giveBack(Connection connection) {
        try (Connection closing = connection) {
            closing.rollback();
            closing.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("Not rolled back: {}", e.getClass().getSimpleName());
        }
    }

    static DataAccessResourceFailureException notWritten(SQLException why) {
        return new DataAccessResourceFailureException("The read log cannot be written", why);
    }
}
