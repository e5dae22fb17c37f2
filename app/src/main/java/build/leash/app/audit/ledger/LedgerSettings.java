package build.leash.app.audit.ledger;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the ledger.
 *
 * @param signingKey the file of the key that signs checkpoints; nodes on one database share it
 * @param checkpointEvents after how many events at the latest a checkpoint is signed
 * @param checkpointInterval after what time at the latest, if there is a new event
 * @param checkpointDirectory where checkpoints are kept a second time, out of reach of whoever can change the database;
 *        null for nowhere
 */
@ConfigurationProperties("leash.audit")
record LedgerSettings(Path signingKey, @DefaultValue("10000") long checkpointEvents,
        @DefaultValue("1m") Duration checkpointInterval, @Nullable Path checkpointDirectory) {}
