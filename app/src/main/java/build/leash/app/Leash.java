package build.leash.app;

import build.leash.app.audit.AuditCommand;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Starts Leash. */
@SpringBootApplication(proxyBeanMethods = false, exclude = {
        SecurityFilterAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import(Modules.class)
@EnableScheduling
public class Leash {

    /** More than there are jobs, so that none waits for another one. */
    private static final int JOBS_AT_ONCE = 16;

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("audit")) {
            System.exit(new AuditCommand(System.out, Leash.class).run(List.of(arguments).subList(1, arguments.length)));
        }
        SpringApplication.run(Leash.class, arguments);
    }

    /** In place of Spring's for virtual threads, on which all jobs with a fixed delay wait for each other. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("job-");
        scheduler.setPoolSize(JOBS_AT_ONCE);
        return scheduler;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
