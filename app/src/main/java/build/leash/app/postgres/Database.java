package build.leash.app.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The application's database and the role that owns it, which is no superuser.
 *
 * <p>The database comes last: where it is, everything is, and a kill before that is made good by the next start.
 */
final class Database {

    static final String SUPERUSER = "postgres";
    static final String NAME = "leash";
    static final String OWNER = "leash";

    private static final String ADMINISTRATION = "postgres";

    private final int port;
    private final Passwords passwords;

    Database(int port, Passwords passwords) {
        this.port = port;
        this.passwords = passwords;
    }

    void createOnce() {
        try (Connection connection = connectAsSuperuser()) {
            if (!exists(connection, "select 1 from pg_database where datname = ?", NAME)) {
                createOwner(connection);
                execute(connection, "create database " + NAME + " owner " + OWNER);
            }
        } catch (SQLException e) {
            throw new EmbeddedPostgresException("The database " + NAME + " cannot be opened: " + e.getMessage(), e);
        }
    }

    String url() {
        return JdbcUrl.of(port, NAME);
    }

    private void createOwner(Connection connection) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", OWNER)) {
            execute(connection, "create role " + OWNER + " login");
        }
        setOwnerPassword(connection);
    }

    /** The driver sends the SCRAM verifier only: the password itself never reaches the server. */
    private void setOwnerPassword(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class)
                .alterUserPassword(OWNER, passwords.owner().toCharArray(), "scram-sha-256");
    }

    private Connection connectAsSuperuser() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(JdbcUrl.of(port, ADMINISTRATION));
        return source.getConnection(SUPERUSER, passwords.superuser());
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
