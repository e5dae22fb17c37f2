package build.leash.app.audit.readlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** The table {@code audit.read} with its partitions, a day each, in UTC, and what is derived from it. */
final class StoredReads {

    private static final Logger LOG = LoggerFactory.getLogger(StoredReads.class);
    private static final String COPY = """
            copy audit.read (at, kind, organization_id, key_id, slug, version, env_key, outcome, request_id, remote_address,
            user_agent, times) from stdin (format binary)""";
    private static final int COLUMNS = 12;
    /** Changes nothing if this batch, or a later one, is in already. */
    private static final String BEGIN = """
            insert into audit.read_writer as w (id, batch) values (?, ?)
            on conflict (id) do update set batch = excluded.batch, at = now() where w.batch < excluded.batch""";
    /** In the order of the ids, as the next: so two nodes lock the same rows in the same order. */
    private static final String FETCHED = """
            insert into audit.last_fetch as f (organization_id, server_id, at)
            select * from unnest(?::text[]::uuid[], ?::text[]::uuid[], ?::text[]::timestamptz[]) order by 1, 2
            on conflict (organization_id, server_id) do update set at = greatest(f.at, excluded.at)""";
    private static final String USED = """
            insert into audit.last_use as u (key_id, at)
            select * from unnest(?::text[]::uuid[], ?::text[]::timestamptz[]) order by 1
            on conflict (key_id) do update set at = greatest(u.at, excluded.at)""";

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final ReadLogSettings settings;
    private final Duration maxSilence;
    private final UUID writer = UUID.randomUUID();

    /** @param maxSilence of the database, before the connection is taken for dead */
    StoredReads(DataSource dataSource, JdbcClient jdbc, ReadLogSettings settings, Duration maxSilence) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.settings = settings;
        this.maxSilence = maxSilence;
    }

    private record Server(UUID organization, UUID id) {}

    /**
     * All of them or none, and none twice: after an exception send the same again, with the same number.
     *
     * @param number grows by one with each batch
     */
    void write(long number, List<Read> reads) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, (int) maxSilence.toMillis());
            connection.setAutoCommit(false);
            try {
                waitsForNoStandbyUnlessStrict(connection);
                if (begins(connection, number)) {
                    insert(connection, reads);
                }
                connection.commit();
            } finally {
                rollBack(connection);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The read log cannot be written", e);
        }
    }

    /** Makes the partitions of the days to come, and drops those that are older than the retention. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void keepPartitions() {
        try {
            jdbc.sql("select audit.keep_read_partitions(?)").param((int) settings.readRetention().toDays())
                    .query((row, number) -> number).list();
        } catch (DataAccessException e) {
            LOG.warn("The partitions of the read log cannot be kept now: {}", e.getClass().getSimpleName());
        }
    }

    /** No fetch depends on an entry: a standby that is gone must not stop those who do not read from it. */
    private void waitsForNoStandbyUnlessStrict(Connection connection) throws SQLException {
        if (settings.reads() == ReadLogSettings.Mode.BATCHED) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local synchronous_commit = local");
            }
        }
    }

    private boolean begins(Connection connection, long number) throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
            begin.setObject(1, writer);
            begin.setLong(2, number);
            return begin.executeUpdate() == 1;
        }
    }

    private static void insert(Connection connection, List<Read> reads) throws SQLException {
        copy(connection, reads.stream().filter(Read::isListed).toList());
        Map<Server, Instant> fetched = new HashMap<>();
        Map<UUID, Instant> used = new HashMap<>();
        for (Read read : reads) {
            if (read.server() != null) {
                fetched.merge(new Server(read.key().organization().value(), read.server().value()), read.at(),
                        StoredReads::later);
            }
            used.merge(read.key().id().value(), read.at(), StoredReads::later);
        }
        upsert(connection, FETCHED, List.of(fetched.keySet().stream().map(Server::organization),
                fetched.keySet().stream().map(Server::id), fetched.values().stream()));
        upsert(connection, USED, List.of(used.keySet().stream(), used.values().stream()));
    }

    private static void copy(Connection connection, List<Read> reads) throws SQLException {
        if (reads.isEmpty()) {
            return;
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            CopyRows rows = new CopyRows(copy, COLUMNS);
            for (Read read : reads) {
                read.writeTo(rows);
            }
            rows.end();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** In one statement, however many rows there are. */
    private static void upsert(Connection connection, String statement, List<Stream<?>> columns) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(statement)) {
            for (int i = 0; i < columns.size(); i++) {
                upsert.setArray(i + 1,
                        connection.createArrayOf("text", columns.get(i).map(Object::toString).toArray()));
            }
            upsert.executeUpdate();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** After a commit there is nothing to roll back; before one, a connection that is broken has nothing to keep. */
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("Not rolled back: {}", e.getClass().getSimpleName());
        }
    }
}
