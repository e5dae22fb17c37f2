package build.leash.app;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The other modules. What they contribute stands in their classes called {@code …Configuration}; to look at all others for
 * components, as is done in this module, would make each start a tenth of a second longer.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(basePackages = {"build.leash.access", "build.leash.billing", "build.leash.secrets",
        "build.leash.registry", "build.leash.config"}, resourcePattern = "**/*Configuration.class")
class Modules {}
