package build.leash.app.postgres;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** How to reach the embedded server, in Boot's words. */
final class EmbeddedConnectionDetails implements JdbcConnectionDetails {

    private final EmbeddedPostgres postgres;

    EmbeddedConnectionDetails(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public String getUsername() {
        return postgres.username();
    }

    @Override
    public String getPassword() {
        return postgres.password();
    }

    @Override
    public String getJdbcUrl() {
        return postgres.jdbcUrl();
    }
}
