package build.leash.app;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class DataDirectoryConfiguration {

    @Bean
    DataDirectory dataDirectory(Environment settings) {
        DataDirectory directory = DataDirectory.of(settings);
        directory.create();
        return directory;
    }
}
