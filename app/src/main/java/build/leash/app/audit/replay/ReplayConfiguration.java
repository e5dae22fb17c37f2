package build.leash.app.audit.replay;

import build.leash.access.api.RevisionRaiser;
import build.leash.access.api.event.Projection;
import build.leash.app.eventstore.PresentEvents;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

    @Bean
    ReadModels readModels(List<Projection> projections) {
        return ReadModels.of(projections);
    }

    @Bean
    LogRelation logRelation(JdbcClient jdbc, PresentEvents present) {
        return new LogRelation(jdbc, present);
    }

    @Bean
    Replay replay(JdbcClient jdbc, ReadModels models, LogRelation log, PlatformTransactionManager transactions,
            RevisionRaiser revisions) {
        return new Replay(jdbc, models, log, transactions, revisions);
    }

    @Bean
    ReplayCommand replayCommand(Replay replay) {
        return new ReplayCommand(replay);
    }

    @Bean
    OrganizationReplay organizationReplay(JdbcClient jdbc, ReadModels models, LogRelation log,
            PlatformTransactionManager transactions, RevisionRaiser revisions) {
        return new OrganizationReplay(jdbc, models, log, transactions, revisions);
    }

    @Bean
    ReplayRuns replayRuns(OrganizationReplay replay, JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new ReplayRuns(replay, new StoredRuns(jdbc, replay.tables()), transactions);
    }
}
