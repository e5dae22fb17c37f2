package build.leash.app.audit;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.scheduling.config.TaskManagementConfigUtils;

/**
 * Lets Leash start with nothing that runs by itself: no sealing with a key of its own, no job that would ask a key
 * management service, no port that it listens at. So a command does what it was asked for, and needs no right to
 * anything else.
 */
final class WithoutBackgroundWork implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String SCHEDULING = TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME;

    @Override
    public void initialize(ConfigurableApplicationContext starting) {
        starting.getBeanFactory().registerSingleton(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
                new NoLifecycle());
        starting.addBeanFactoryPostProcessor(beans -> {
            if (beans.containsBeanDefinition(SCHEDULING)) {
                ((BeanDefinitionRegistry) beans).removeBeanDefinition(SCHEDULING);
            }
        });
    }

    private static final class NoLifecycle implements LifecycleProcessor {

        @Override
        public void onRefresh() {}

        @Override
        public void onClose() {}

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
