package build.leash.secrets.kms;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KmsConfiguration {

    @Bean
    Kms kms(@Value("${leash.kms.local.keyring}") Path keyring) {
        return new LocalKms(new Keyring(keyring));
    }
}
