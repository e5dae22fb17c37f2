package build.leash.config.lookup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How hand-offs are remembered.
 *
 * @param memory about how much heap it may take
 * @param staleIfUnavailable how long after its last confirmation something serves while the database is out of reach;
 *        zero, so that no answer is ever old, unless the operator wants it otherwise
 */
@ConfigurationProperties("leash.hand-off")
record HandOffProperties(@DefaultValue("96MB") DataSize memory, @DefaultValue("0s") Duration staleIfUnavailable) {}
