package build.leash.app.mcp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NodeRuntimeTest {

    @Test
    void absenceSkipsOnADevelopersMachineAndSaysWhy() {
        assertThatThrownBy(() -> NodeRuntime.require(false, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("Node 20")
                .hasMessageContaining("SKIPPED");
    }

    @Test
    void absenceFailsOnTheBuildServer() {
        assertThatThrownBy(() -> NodeRuntime.require(false, true))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("CI=true");
    }

    @Test
    void presenceIsEnoughAnywhere() {
        assertThatCode(() -> NodeRuntime.require(true, true)).doesNotThrowAnyException();
        assertThatCode(() -> NodeRuntime.require(true, false)).doesNotThrowAnyException();
    }
}
