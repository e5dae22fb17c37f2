package build.leash.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DataDirectoryTests {

    @Test
    void expandsTheHomeDirectoryAsAShellDoes() {
        Path home = Path.of(System.getProperty("user.home"));

        assertThat(DataDirectory.of("~").path()).isEqualTo(home);
        assertThat(DataDirectory.of("~/.leash").path()).isEqualTo(home.resolve(".leash"));
        assertThat(DataDirectory.of("/srv/~/x/../leash").path()).isEqualTo(Path.of("/srv/~/leash"));
    }

    @Test
    void refusesABlankValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataDirectory.of(" "))
                .withMessageContaining("leash.data-dir");
    }

    @Test
    void isConfiguredByAPropertyAndCreated(@TempDir Path temp) {
        Path configured = temp.resolve("data");

        new ApplicationContextRunner().withUserConfiguration(DataDirectoryConfiguration.class)
                .withPropertyValues("leash.data-dir=" + configured)
                .run(context -> assertThat(context.getBean(DataDirectory.class).path()).isEqualTo(configured)
                        .isDirectory());
    }

    @Test
    void createsAMissingDirectoryForTheOwnerAlone(@TempDir Path temp) throws IOException {
        Path created = new DataDirectory(temp.resolve("a/b")).create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(created))).isEqualTo("rwx------");
    }
}
