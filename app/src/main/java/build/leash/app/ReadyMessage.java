package build.leash.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever started Leash where to find it. */
@Component
class ReadyMessage {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyMessage.class);

    private final Environment environment;

    ReadyMessage(Environment environment) {
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        String scheme = Boolean.parseBoolean(environment.getProperty("server.ssl.enabled", "true"))
                && environment.containsProperty("server.ssl.key-store") ? "https" : "http";
        LOG.info("Leash is ready: {}://{}:{}, the API is described at /docs/api", scheme,
                environment.getProperty("server.address"), environment.getProperty("local.server.port"));
    }
}
