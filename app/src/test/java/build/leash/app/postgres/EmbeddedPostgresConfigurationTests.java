package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.DataDirectory;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withBean(DataDirectory.class, () -> new DataDirectory(dataDirectory))
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class))
                .withUserConfiguration(EmbeddedPostgresConfiguration.class);
    }
}
