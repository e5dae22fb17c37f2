package build.leash.app.audit.readlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the read log.
 *
 * @param reads whether an answer waits until its entry is committed
 * @param readRetention how long entries are kept, in whole days; 30 at least, and 36,500 at most
 */
@ConfigurationProperties("leash.audit")
record ReadLogSettings(@DefaultValue("batched") Mode reads, @DefaultValue("400d") Duration readRetention) {

    private static final Duration LEAST_RETENTION = Duration.ofDays(30);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);

    ReadLogSettings {
        if (readRetention.compareTo(LEAST_RETENTION) < 0 || readRetention.compareTo(LONGEST_RETENTION) > 0) {
            throw new IllegalArgumentException("leash.audit.read-retention is 30 to 36500 days");
        }
    }

    enum Mode {
        /** An entry is committed at most a second after the answer; a node that is killed loses that second. */
        BATCHED,
        /** No answer without its entry. */
        STRICT
    }
}
