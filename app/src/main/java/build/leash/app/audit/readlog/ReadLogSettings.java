package build.leash.app.audit.readlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the read log.
 *
 * @param reads whether an answer waits until its entry is committed
 * @param readRetention how long entries are kept, in whole days
 */
@ConfigurationProperties("leash.audit")
record ReadLogSettings(@DefaultValue("batched") Mode reads, @DefaultValue("400d") Duration readRetention) {

    enum Mode {
        /** An entry is committed at most a second after the answer; a node that is killed loses that second. */
        BATCHED,
        /** No answer without its entry. */
        STRICT
    }
}
