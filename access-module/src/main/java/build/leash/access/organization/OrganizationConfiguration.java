package build.leash.access.organization;

import build.leash.access.api.Commands;
import build.leash.access.api.Members;
import build.leash.access.api.Organizations;
import build.leash.access.api.Writes;
import build.leash.access.api.event.AccessEvent;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventSourced;
import build.leash.access.api.event.Projection;
import build.leash.access.people.Newcomers;
import build.leash.access.people.Passwords;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class OrganizationConfiguration {

    @Bean
    EventFamily accessEvents() {
        return new EventFamily(AccessEvent.class);
    }

    @Bean
    EventSourced organizationAggregate() {
        return new EventSourced(Organization.class);
    }

    @Bean
    Projection organizationProjection(JdbcClient jdbc) {
        return new Projection("access.organization", new OrganizationProjection(jdbc), OrganizationProjection.REBUILDS);
    }

    @Bean
    Members members(JdbcClient jdbc, Passwords passwords, Newcomers newcomers, Writes writes, Commands commands,
            Clock clock) {
        return new EventSourcedMembers(jdbc, passwords, newcomers, writes, commands, clock);
    }

    @Bean
    Organizations organizations(JdbcClient jdbc, Passwords passwords, Newcomers newcomers, Writes writes,
            Commands commands) {
        return new EventSourcedOrganizations(jdbc, passwords, newcomers, writes, commands);
    }
}
