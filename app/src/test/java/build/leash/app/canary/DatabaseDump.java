package build.leash.app.canary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Every column of every row of every table, the server's own included: as text, and a {@code bytea} as its bytes too. */
final class DatabaseDump {

    private static final int PORT_LINE = 3;

    private final String url;
    private final String password;

    /** The embedded server of a running application, as its superuser. */
    DatabaseDump(Path dataDirectory) throws IOException {
        int port = Integer.parseInt(Files.readAllLines(dataDirectory.resolve("pgdata/postmaster.pid")).get(PORT_LINE));
        url = "jdbc:postgresql://127.0.0.1:" + port + "/leash";
        password = Files.readAllLines(dataDirectory.resolve("postgres.password")).getFirst();
    }

    byte[] everything() throws SQLException {
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        try (Connection connection = DriverManager.getConnection(url, "postgres", password);
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                    write(rows, dump);
                }
            }
            statement.execute("checkpoint");
        }
        return dump.toByteArray();
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                """
                        select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
                        union all select 'pg_stats' union all select 'pg_stat_activity' union all select 'pg_prepared_statements'
                        """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static void write(ResultSet rows, ByteArrayOutputStream dump) throws SQLException {
        while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                String text = rows.getString(column);
                if (text == null) {
                    continue;
                }
                write(text.getBytes(StandardCharsets.UTF_8), dump);
                if (rows.getMetaData().getColumnTypeName(column).equals("bytea")) {
                    write(rows.getBytes(column), dump);
                }
            }
        }
    }

    private static void write(byte[] bytes, ByteArrayOutputStream dump) {
        try {
            dump.write(bytes);
            dump.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
