package build.leash.secrets.kms.local;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LocalKmsConfiguration {

    /** @param keyring the file with the KEKs of organizations that are, or were, with the local provider */
    @Bean
    LocalKms localKms(@Value("${leash.kms.local.keyring}") Path keyring) {
        return new LocalKms(keyring);
    }
}
