package build.leash.secrets.kms.gcp;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Signing needs no key ring, so it is there whether organizations' keys are in Cloud KMS or not. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GcpProperties.class)
class CloudSigningConfiguration {

    @Bean
    CloudSigningKeys cloudSigningKeys(GcpProperties properties) {
        return new CloudSigningKeys(properties);
    }
}
