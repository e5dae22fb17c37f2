package build.leash.app;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Reads {@code leash.data-dir} as text, because Spring's own conversion to {@code Path} looks on the class path first
 * and knows no {@code ~}.
 */
@Configuration(proxyBeanMethods = false)
class DataDirectoryConfiguration {

    @Bean
    DataDirectory dataDirectory(@Value("${leash.data-dir:~/.leash}") String configured) {
        DataDirectory directory = DataDirectory.of(configured);
        directory.create();
        return directory;
    }
}
