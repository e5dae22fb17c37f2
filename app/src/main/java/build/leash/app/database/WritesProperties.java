package build.leash.app.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Leash writes.
 *
 * @param commitTimeout how long a commit may take until the write is answered by 503 without it
 */
@ConfigurationProperties("leash.writes")
record WritesProperties(@DefaultValue("10s") Duration commitTimeout) {}
