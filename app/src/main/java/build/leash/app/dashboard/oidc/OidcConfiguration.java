package build.leash.app.dashboard.oidc;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcSettings.class)
class OidcConfiguration {

    @Bean
    IdentityProvider identityProvider(OidcSettings settings) {
        return new IdentityProvider(settings, new OidcHttp());
    }
}
