package build.leash.app;

import build.leash.app.audit.AuditCommand;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Leash. */
@SpringBootApplication(scanBasePackages = "build.leash", proxyBeanMethods = false, exclude = {
        SecurityFilterAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ConfigurationPropertiesScan("build.leash")
@EnableScheduling
public class Leash {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("audit")) {
            System.exit(new AuditCommand(System.out, Leash.class).run(List.of(arguments).subList(1, arguments.length)));
        }
        SpringApplication.run(Leash.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
