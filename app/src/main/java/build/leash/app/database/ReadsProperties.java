package build.leash.app.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From where hand-offs read.
 *
 * @param url of a standby; blank for the database that is written to
 * @param username blank for the one of the database that is written to, and so is the password
 * @param connections how many a node keeps for it
 * @param timeout how long a query, or a connection, may take
 */
@ConfigurationProperties("leash.reads")
record ReadsProperties(@DefaultValue("") String url, @DefaultValue("") String username,
        @DefaultValue("") String password, @DefaultValue("8") int connections, @DefaultValue("3s") Duration timeout) {

    boolean standby() {
        return !url.isBlank();
    }

    @Override
    public String toString() {
        return "ReadsProperties[" + (standby() ? "a standby" : "the database that is written to") + "]";
    }
}
