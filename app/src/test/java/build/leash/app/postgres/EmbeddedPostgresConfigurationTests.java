package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.RunningLeash;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

class EmbeddedPostgresConfigurationTests {

    @TempDir
    Path dataDirectory;

    @AfterEach
    void noProcessIsLeftOver() {
        new LeftoverProcesses(dataDirectory).assertNoneRemain();
    }

    @Test
    void givesThePoolAnEmbeddedServerWhenTheUrlIsBlank() {
        runner().withPropertyValues("spring.datasource.url=").run(context -> {
            assertThat(context).hasSingleBean(EmbeddedPostgres.class).hasSingleBean(DataSource.class);
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("select current_user", String.class))
                    .isEqualTo("leash");
        });
    }

    @Test
    void leavesAnExternalDatabaseAlone() {
        runner().withPropertyValues("spring.datasource.url=jdbc:postgresql://db.example/leash")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedPostgres.class));
    }

    @Test
    void isStoppedIfTheApplicationFailsBeforeAnybodyTakesIt() {
        int started = RunningLeash.command(() -> {
            try (var none = new SpringApplicationBuilder(Failing.class).web(WebApplicationType.NONE)
                    .run("--leash.data-dir=" + dataDirectory)) {
                return 1;
            } catch (BeanCreationException e) {
                return 0;
            }
        });

        assertThat(started).isZero();
        assertThat(dataDirectory.resolve("pgdata/PG_VERSION")).as("made by the start").exists();
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @Bean
        String failing() {
            throw new IllegalStateException("on purpose");
        }
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withPropertyValues("leash.data-dir=" + dataDirectory)
                .withInitializer(new EarlyPostgres())
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class))
                .withUserConfiguration(EmbeddedPostgresConfiguration.class);
    }
}
