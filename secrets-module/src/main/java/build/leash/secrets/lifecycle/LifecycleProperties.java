package build.leash.secrets.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What goes on in the background.
 *
 * @param keepReplacedFor how long a secret opens after a later version took its place; longer than any request takes
 * @param keepRetiredFor how long a data key is kept after nothing new is sealed with it; longer than any write takes
 * @param purgeEvery how often what is older than that is destroyed
 * @param pollEvery how often a node looks for a job
 * @param lease for how long a node that died keeps others from going on with its job
 * @param batch how many rows a job reads at once
 */
@ConfigurationProperties("leash.secrets")
record LifecycleProperties(@DefaultValue("24h") Duration keepReplacedFor, @DefaultValue("5m") Duration keepRetiredFor,
        @DefaultValue("1m") Duration purgeEvery, @DefaultValue("1s") Duration pollEvery,
        @DefaultValue("30s") Duration lease, @DefaultValue("100") int batch) {}
