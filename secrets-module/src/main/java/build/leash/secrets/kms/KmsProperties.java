package build.leash.secrets.kms;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which key management service makes the KEKs of new organizations. Those that have one keep it until they are moved.
 *
 * @param provider {@code local} or {@code gcp}
 */
@ConfigurationProperties("leash.kms")
record KmsProperties(@DefaultValue("local") String provider) {}
