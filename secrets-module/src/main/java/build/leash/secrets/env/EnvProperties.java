package build.leash.secrets.env;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How external sources are asked.
 *
 * @param maxAge how old the last answer of an external source may be for a read; an older one is asked for anew
 * @param syncEvery how often one of the nodes asks every external source whether or not anybody reads
 * @param retryEvery how long a source that failed is not asked again by reads
 */
@ConfigurationProperties("leash.env")
record EnvProperties(@DefaultValue("10s") Duration maxAge, @DefaultValue("5m") Duration syncEvery,
        @DefaultValue("5s") Duration retryEvery) {}
