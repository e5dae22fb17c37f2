package build.leash.app.audit.readlog;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** The table {@code audit.read} and its partitions, a day each, in UTC. */
final class StoredReads {

    private static final Logger LOG = LoggerFactory.getLogger(StoredReads.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("'read_'yyyyMMdd");
    private static final int DAYS_AHEAD = 3;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final ReadLogSettings settings;
    private final Clock clock;

    StoredReads(DataSource dataSource, JdbcClient jdbc, ReadLogSettings settings, Clock clock) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** All of them or none. */
    void write(List<Read> reads) {
        String lines = reads.stream().map(Read::copyLine).collect(Collectors.joining());
        try (Connection connection = dataSource.getConnection()) {
            connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyIn("copy audit.read (at, organization_id, key_id, slug,"
                            + " env_key, version, outcome, request_id, remote_address, user_agent) from stdin",
                            new StringReader(lines));
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The read log cannot be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the partitions of the days to come, and drops those that are older than the retention. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void keepPartitions() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
                LocalDate day = today.plusDays(ahead);
                jdbc.sql("create table if not exists audit." + DAY.format(day)
                        + " partition of audit.read for values from ('"
                        + day + "T00:00:00Z') to ('" + day.plusDays(1) + "T00:00:00Z')").update();
            }
        } catch (DataAccessException e) {
            LOG.warn("A partition of the read log cannot be made now: {}", e.getClass().getSimpleName());
        }
        String oldest = DAY.format(today.minusDays(settings.readRetention().toDays()));
        jdbc.sql("""
                select relname::text from pg_class where relnamespace = 'audit'::regnamespace and relkind = 'r'
                  and relname ~ '^read_[0-9]{8}$' and relname < ?
                """).param(oldest).query((row, number) -> row.getString(1)).list()
                .forEach(partition -> jdbc.sql("drop table if exists audit." + partition).update());
    }
}
