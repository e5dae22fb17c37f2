package build.leash.secrets.kms.gcp;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

@Configuration(proxyBeanMethods = false)
@Conditional(GcpKmsConfiguration.KeyRingIsGiven.class)
@EnableConfigurationProperties(GcpProperties.class)
class GcpKmsConfiguration {

    @Bean
    GcpKms gcpKms(GcpProperties properties, ObjectProvider<MeterRegistry> meters) {
        return new GcpKms(properties, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    /** An empty value is none, so that an environment variable can switch it off. */
    static class KeyRingIsGiven implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment().getProperty("leash.kms.gcp.key-ring", "").isBlank();
        }
    }
}
