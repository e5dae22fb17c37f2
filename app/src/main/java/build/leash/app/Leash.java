package build.leash.app;

import java.time.Clock;
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
        SpringApplication.run(Leash.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
