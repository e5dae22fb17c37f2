package build.leash.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Connections to a standby, each checked when it is made: meanwhile the standby may have been gone, or off the list. */
final class StandbyConnections extends DelegatingDataSource {

    /** PostgreSQL manual, appendix A: the connection is refused. */
    private static final String REFUSED = "08004";

    private final StandbyCheck check;

    StandbyConnections(DataSource standby, StandbyCheck check) {
        super(standby);
        this.check = check;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            check.showsWhatIsAcknowledged(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw new SQLException(e.getMessage(), REFUSED, e);
        }
    }
}
