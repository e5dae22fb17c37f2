package build.leash.app.dashboard.oidc;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OidcConfiguration {

    @Bean
    IdentityProvider identityProvider(OidcSettings settings) {
        return new IdentityProvider(settings, new OidcHttp());
    }
}
