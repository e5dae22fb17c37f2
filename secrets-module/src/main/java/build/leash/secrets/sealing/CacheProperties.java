package build.leash.secrets.sealing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long unwrapped data keys stay in memory.
 *
 * @param maxAge how long one serves after KMS gave it; within this time a key that KMS refuses stops serving
 * @param refreshAhead how long before that a key in use is asked for again, in the background; longer than a KMS call
 *        with all its tries usually takes
 * @param grace how much longer one serves, for opening only, while KMS gives no answer; zero for not at all
 * @param retryEvery how long after a failure KMS is asked again about the same key, and what {@code Retry-After} says
 * @param maxKeys how many are kept at most
 * @param concurrentCalls how many of them KMS is asked for at once at most
 */
@ConfigurationProperties("leash.kms.cache")
record CacheProperties(@DefaultValue("60s") Duration maxAge, @DefaultValue("6s") Duration refreshAhead,
        @DefaultValue("15m") Duration grace, @DefaultValue("5s") Duration retryEvery,
        @DefaultValue("10000") int maxKeys, @DefaultValue("64") int concurrentCalls) {}
