package build.leash.secrets.provider;

import build.leash.secrets.outbound.Outbound;
import build.leash.secrets.outbound.OutboundUrl;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProviderProperties.class)
class ProviderConfiguration {

    @Bean
    ExternalSource doppler(Outbound outbound, ProviderProperties properties) {
        return new Doppler(outbound, OutboundUrl.of(properties.dopplerUrl()));
    }

    @Bean
    ExternalSource infisical(Outbound outbound) {
        return new Infisical(outbound);
    }

    @Bean
    ExternalSource webhook(Outbound outbound, Clock clock) {
        return new Webhook(outbound, clock);
    }

    @Bean
    ExternalSource googleSecretManager(ProviderProperties properties) {
        return new GoogleSecretManager(properties);
    }
}
