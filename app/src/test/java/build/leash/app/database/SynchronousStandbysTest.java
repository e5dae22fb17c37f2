package build.leash.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynchronousStandbysTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " A ", "\"a\"", "1 (a)", "FIRST 1 (a)", "first 2 (a, b)", "2(b,\"a\")", "ANY 2 (b, a)",
            "FIRST 3 (a, b)"})
    void everyCommitWaits(String setting) {
        assertThat(SynchronousStandbys.parse(setting).alwaysWaitFor("a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "1 (*)", "b", "a, b", "FIRST 1 (a, b)", "ANY 1 (a, b)", "any 2 (a, b, c)",
            "FIRST 2 (b, c)", "FIRST 0 (a)"})
    void someCommitMayNotWait(String setting) {
        assertThat(SynchronousStandbys.parse(setting).alwaysWaitFor("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1 (*)", ""})
    void nobodyWaitsForAStandbyWithoutAName(String setting) {
        assertThat(SynchronousStandbys.parse(setting).alwaysWaitFor("")).isFalse();
    }
}
