package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTests {

    @ParameterizedTest
    @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "Linux, s390x"})
    void tellsOtherSystemsToUseAnExternalServer(String system, String architecture) {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> Platform.of(system, architecture))
                .withMessageContaining("spring.datasource.url");
    }

    @Test
    void namesTheVersionThatIsOnTheClassPath() {
        for (Platform platform : Platform.values()) {
            assertThat(Binaries.class.getResource(platform.archive()))
                    .asString()
                    .contains("-" + Binaries.VERSION + ".jar!");
        }
    }
}
