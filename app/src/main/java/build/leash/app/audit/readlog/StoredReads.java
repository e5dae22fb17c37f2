package build.leash.app.audit.readlog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.reducing;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
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
            user_agent, times) from stdin""";
    /** Changes nothing if this batch, or a later one, is in already. */
    private static final String BEGIN = """
            insert into audit.read_writer as w (id, batch) values (?, ?)
            on conflict (id) do update set batch = excluded.batch, at = now() where w.batch < excluded.batch""";
    private static final String FETCHED = """
            insert into audit.last_fetch as f (organization_id, server_id, at) values (?, ?, ?::timestamptz)
            on conflict (organization_id, server_id) do update set at = greatest(f.at, excluded.at)""";
    private static final String USED = """
            insert into audit.last_use as u (key_id, at) values (?, ?::timestamptz)
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

    private record Server(UUID organization, UUID id) implements Comparable<Server> {

        @Override
        public int compareTo(Server other) {
            return toString().compareTo(other.toString());
        }
    }

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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private static void insert(Connection connection, List<Read> reads) throws SQLException, IOException {
        String lines = reads.stream().filter(Read::isListed).map(Read::copyLine).collect(Collectors.joining());
        if (!lines.isEmpty()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, new StringReader(lines));
        }
        Map<Server, Instant> fetched = reads.stream().filter(read -> read.server() != null)
                .collect(latest(StoredReads::server));
        try (PreparedStatement statement = connection.prepareStatement(FETCHED)) {
            for (Map.Entry<Server, Instant> fetch : fetched.entrySet()) {
                statement.setObject(1, fetch.getKey().organization());
                statement.setObject(2, fetch.getKey().id());
                statement.setString(3, fetch.getValue().toString());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        Map<String, Instant> used = reads.stream().collect(latest(read -> read.key().id().toString()));
        try (PreparedStatement statement = connection.prepareStatement(USED)) {
            for (Map.Entry<String, Instant> use : used.entrySet()) {
                statement.setObject(1, UUID.fromString(use.getKey()));
                statement.setString(2, use.getValue().toString());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static Server server(Read read) {
        return new Server(read.key().organization().value(),
                Objects.requireNonNull(read.server()).value());
    }

    /** Sorted, so that two nodes lock the same rows in the same order. */
    private static <K> Collector<Read, ?, Map<K, Instant>> latest(Function<Read, K> key) {
        return groupingBy(key, () -> new TreeMap<K, Instant>(), mapping(Read::at,
                reducing(Instant.MIN, BinaryOperator.maxBy(Instant::compareTo))));
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
