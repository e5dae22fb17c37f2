package build.leash.app.postgres;

import build.leash.app.DataDirectory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the embedded server while Spring still reads what the application is made of: neither waits for the other. */
final class EarlyPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (NoExternalDatabase.isIn(context.getEnvironment())) {
            StartingPostgres starting = new StartingPostgres(DataDirectory.of(context.getEnvironment()));
            context.getBeanFactory().registerSingleton("startingPostgres", starting);
            context.addApplicationListener(starting);
        }
    }
}
