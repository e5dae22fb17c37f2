package build.leash.access.revision;

import build.leash.access.api.Reads;
import build.leash.access.api.RevisionRaiser;
import build.leash.access.api.Revisions;
import build.leash.access.api.event.Projection;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class RevisionConfiguration {

    /** Longer than a query takes, shorter than callers wait. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** Keeps no read model: a revision says that something changed, not what. */
    @Bean
    Projection revisionProjection(RevisionRaiser raiser) {
        return new Projection("access.revision", new RevisionProjection(raiser), List.of());
    }

    @Bean
    RevisionRaiser revisionRaiser(JdbcClient jdbc) {
        return new StoredRaiser(jdbc);
    }

    @Bean
    FencedRevisions revisions(Reads reads) {
        return new FencedRevisions(new StoredRevisions(reads.jdbc()), MAX_WAIT);
    }
}
