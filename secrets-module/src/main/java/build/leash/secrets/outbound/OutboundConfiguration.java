package build.leash.secrets.outbound;

import java.net.InetAddress;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundProperties.class)
class OutboundConfiguration {

    @Bean
    Outbound outbound(OutboundProperties properties, ObjectProvider<NameResolver> names) {
        return outbound(properties, names.getIfAvailable(() -> InetAddress::getAllByName));
    }

    static Outbound outbound(OutboundProperties properties, NameResolver names) {
        return new Outbound(HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedResolver(names,
                                new AddressRules(properties.allowedNetworks())))
                        .setTlsSocketStrategy(
                                new DefaultClientTlsStrategy(Trust.context(properties.trustedCertificates())))
                        .setMaxConnTotal(properties.concurrent()).setMaxConnPerRoute(properties.concurrent())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                                .setSocketTimeout(Timeout.of(properties.timeout())).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(properties.timeout()))
                        .setConnectionRequestTimeout(Timeout.of(properties.timeout())).build())
                .setConnectionReuseStrategy((request, response, context) -> false).disableRedirectHandling()
                .disableCookieManagement().disableAuthCaching().disableAutomaticRetries().disableContentCompression()
                .build(), properties);
    }
}
