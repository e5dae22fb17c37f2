package build.leash.app.dashboard.activity;

import build.leash.access.api.event.Projection;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

    @Bean
    Projection activityProjection(JdbcClient jdbc) {
        return new Projection("web.activity", new ActivityProjection(jdbc), List.of(ActivityProjection.REBUILD));
    }
}
