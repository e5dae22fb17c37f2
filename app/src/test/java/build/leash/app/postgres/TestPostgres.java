package build.leash.app.postgres;

import build.leash.app.support.ClusterTemplate;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL for nodes in processes of their own, which they take for an external one. */
public final class TestPostgres implements AutoCloseable {

    private final Layout layout;
    private final EmbeddedPostgres postgres;
    private final Passwords passwords;

    private TestPostgres(Layout layout, EmbeddedPostgres postgres) {
        this.layout = layout;
        this.postgres = postgres;
        this.passwords = Passwords.loadOrCreate(layout);
    }

    /** @param folder may be missing */
    public static TestPostgres start(Path folder) {
        folder.toFile().mkdirs();
        ClusterTemplate.copyInto(folder);
        return new TestPostgres(new Layout(folder), EmbeddedPostgres.start(folder));
    }

    /** What makes a node run on it, each as {@code name=value}. */
    public List<String> properties() {
        return List.of("spring.datasource.url=" + postgres.jdbcUrl(),
                "spring.datasource.username=" + postgres.username(),
                "spring.datasource.password=" + postgres.password());
    }

    /** For the superuser. */
    public JdbcClient superuser() {
        return JdbcClient.create(superuserDataSource());
    }

    /** A standby that streams from this one; nobody waits for it yet. */
    public TestStandby standby(Path folder, String name) {
        return TestStandby.of(this, new Layout(folder), name);
    }

    /** Makes every commit wait until each of these standbys shows it. */
    public void commitsWaitFor(String... standbys) {
        String names = "FIRST " + standbys.length + " (" + String.join(", ", standbys) + ")";
        set("synchronous_standby_names", standbys.length == 0 ? "" : names);
        set("synchronous_commit", "remote_apply");
    }

    /** For all sessions, at once. */
    public void set(String setting, String value) {
        superuser().sql("alter system set " + setting + " = '" + value + "'").update();
        superuser().sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    Layout layout() {
        return layout;
    }

    DataSource superuserDataSource() {
        return superuserOf(postgres.jdbcUrl());
    }

    DataSource superuserOf(String url) {
        return new DriverManagerDataSource(url, Database.SUPERUSER, passwords.superuser());
    }

    /** How a standby reaches it. */
    String connectionInfo() {
        return "host=" + Server.HOST + " port=" + postgres.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1") + " user="
                + Database.SUPERUSER + " password=" + passwords.superuser();
    }

    @Override
    public void close() {
        postgres.close();
    }
}
