package build.leash.secrets.sealing;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a data key is succeeded by a new one. Both bounds are soft: while KMS cannot make a new key, the old one goes
 * on, which is why the second one is far below the 2^32 encryptions that random nonces allow (NIST SP 800-38D, 8.3).
 *
 * @param maxAge how long a key seals
 * @param maxSeals how many secrets it seals
 */
@ConfigurationProperties("leash.kms.data-key")
record DataKeyProperties(@DefaultValue("30d") Duration maxAge, @DefaultValue("1000000") long maxSeals) {

    boolean isUsedUp(StoredDataKeys.Stored key, Instant now) {
        return key.seals() >= maxSeals || !now.isBefore(key.createdAt().plus(maxAge));
    }
}
