package build.leash.access.people;

import build.leash.access.api.People;
import build.leash.access.api.Sessions;
import build.leash.access.api.Writes;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Newcomers newcomers(JdbcClient jdbc) {
        return new Newcomers(jdbc);
    }

    @Bean
    StoredSessions sessions(JdbcClient jdbc, Writes writes, Clock clock) {
        return new StoredSessions(jdbc, writes, clock);
    }

    @Bean
    People people(JdbcClient jdbc, Passwords passwords, Writes writes, Sessions sessions) {
        return new StoredPeople(jdbc, passwords, writes, sessions);
    }
}
