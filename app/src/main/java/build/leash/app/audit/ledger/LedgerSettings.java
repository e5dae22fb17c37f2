package build.leash.app.audit.ledger;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the ledger.
 *
 * @param signingKey the file of the key that signs checkpoints; nodes on one database share it
 * @param kmsSigningKey the version of a Cloud KMS key that signs instead, by its full name; null for the file
 * @param formerKeys verifier keys of what signed before the present key did
 * @param checkpointEvents after how many events at the latest a checkpoint is signed
 * @param checkpointInterval after what time at the latest, if there is a new event
 * @param checkpointFile where the latest checkpoint is kept a second time; null for nowhere
 * @param checkpointDirectory where every checkpoint is kept a second time; null for nowhere
 * @param checkpointWebhook where every checkpoint is posted to, over https; null for nowhere
 */
@ConfigurationProperties("leash.audit")
record LedgerSettings(Path signingKey, @Nullable String kmsSigningKey, @DefaultValue List<String> formerKeys,
        @DefaultValue("10000") long checkpointEvents,
        @DefaultValue("1m") Duration checkpointInterval, @Nullable Path checkpointFile,
        @Nullable Path checkpointDirectory, @Nullable URI checkpointWebhook) {}
