package build.leash.app.dashboard.oidc;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OidcConfiguration {

    @Bean
    @ConditionalOnExpression("!'${leash.dashboard.oidc.issuer:}'.isEmpty()")
    IdentityProvider identityProvider(OidcSettings settings) {
        return new IdentityProvider(settings, new OidcHttp());
    }
}
