package build.leash.app.audit.readlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** The table {@code audit.read} with its partitions, a day each, in UTC, and what is derived from it. */
final class StoredReads {

    private static final Logger LOG = LoggerFactory.getLogger(StoredReads.class);
    /** Changes nothing if this batch, or a later one, is in already. */
    private static final String BEGIN = """
            insert into audit.read_writer as w (id, batch) values (?, ?)
            on conflict (id) do update set batch = excluded.batch, at = now() where w.batch < excluded.batch""";

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

    /**
     * Begins a batch. After an exception from there, begin one with the same reads and the same number.
     *
     * @param number grows by one with each batch
     * @return nothing if it is in already
     */
    Optional<ReadBatch> begin(long number) {
        try {
            return begin(number, dataSource.getConnection());
        } catch (SQLException e) {
            throw ReadBatch.notWritten(e);
        }
    }

    private Optional<ReadBatch> begin(long number, Connection connection) throws SQLException {
        ReadBatch batch = null;
        try {
            connection.setNetworkTimeout(Runnable::run, (int) maxSilence.toMillis());
            connection.setAutoCommit(false);
            waitsForNoStandbyUnlessStrict(connection);
            if (begins(connection, number)) {
                batch = new ReadBatch(connection);
            }
            return Optional.ofNullable(batch);
        } finally {
            if (batch == null) {
                ReadBatch.giveBack(connection);
            }
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
}
