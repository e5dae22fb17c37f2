package build.leash.secrets.outbound;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How servers outside are asked that customers name.
 *
 * @param allowedNetworks ranges in CIDR notation that are asked although they are not public, on whatever port
 * @param trustedCertificates a PEM file with certification authorities that are trusted besides those of the Java
 *        runtime; null for none
 * @param connectTimeout for one address
 * @param timeout for all of a request, from looking the name up to the last byte of the answer
 * @param maxBytes how long an answer may be
 * @param concurrent how many requests are under way at once, an eighth of them for one organization; a further one waits
 *        for its turn as long as {@code timeout}, and only then does its own begin
 */
@ConfigurationProperties("leash.outbound")
record OutboundProperties(@DefaultValue List<String> allowedNetworks, @Nullable Path trustedCertificates,
        @DefaultValue("3s") Duration connectTimeout, @DefaultValue("10s") Duration timeout,
        @DefaultValue("4194304") int maxBytes, @DefaultValue("64") int concurrent) {

    OutboundProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
