package build.leash.app.audit;

import build.leash.app.support.RunningLeash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Somebody who can do anything with the embedded database, except sign. */
public final class Superuser {

    private Superuser() {}

    /** A connection on which triggers do not fire. */
    public static JdbcClient withoutTriggers(RunningLeash leash) {
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(leash.bean(JdbcConnectionDetails.class).getJdbcUrl());
            source.setUser("postgres");
            source.setPassword(Files.readAllLines(leash.dataDirectory().resolve("postgres.password")).getFirst());
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(source.getConnection(), true));
            jdbc.sql("set session_replication_role = replica").update();
            return jdbc;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
