package build.leash.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    private static final ApplicationModules MODULES = ApplicationModules.of("build.leash",
            new ProductOnly());

    @Test
    void theHouseHasItsSixModules() {
        assertThat(MODULES.stream().map(ApplicationModule::getIdentifier).map(Object::toString))
                .containsExactlyInAnyOrder("access", "billing", "secrets", "registry", "config", "app");
    }

    @Test
    void aModuleSeesOnlyWhatTheFloorsBelowItOffer() {
        MODULES.verify();
    }
}
