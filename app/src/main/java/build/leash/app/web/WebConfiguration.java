package build.leash.app.web;

import build.leash.access.api.ApiKeys;
import build.leash.app.audit.readlog.ReadLog;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final ObjectProvider<ApiKeys> keys;
    private final ObjectProvider<RateLimit> rateLimit;
    private final ObjectProvider<ReadLog> reads;

    WebConfiguration(ObjectProvider<ApiKeys> keys, ObjectProvider<RateLimit> rateLimit,
            ObjectProvider<ReadLog> reads) {
        this.keys = keys;
        this.rateLimit = rateLimit;
        this.reads = reads;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(List.of(new CallerResolver(),
                new AppKeyResolver(keys.getObject(), rateLimit.getObject(), reads.getObject()),
                new PageRequestResolver(), new RequestFieldsResolver()));
    }
}
