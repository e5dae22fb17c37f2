package build.leash.billing.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    @ParameterizedTest
    @CsvSource({"STARTER,false", "GROWTH,true", "SCALE,true"})
    void includesCustomMcpServersFromGrowthOn(Plan plan, boolean included) {
        assertThat(plan.includes(Feature.CUSTOM_MCP_SERVERS)).isEqualTo(included);
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void everyPlanIncludesWhatASmallerOneDoes(Feature feature) {
        for (Plan plan : Plan.values()) {
            assertThat(plan.includes(feature)).isEqualTo(plan.compareTo(feature.from()) >= 0);
        }
    }

    @Test
    void plansGrowFromStarterToScale() {
        assertThat(Plan.values()).extracting(Plan::toString).containsExactly("starter", "growth", "scale");
    }

    @ParameterizedTest
    @EnumSource(Plan.class)
    void isReadByTheNameItIsWrittenWith(Plan plan) {
        assertThat(Plan.of(plan.toString())).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Growth", "GROWTH", "free", "growth "})
    void refusesAnotherName(String name) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Plan.of(name))
                .withMessage("A plan is one of starter, growth, scale.");
    }
}
