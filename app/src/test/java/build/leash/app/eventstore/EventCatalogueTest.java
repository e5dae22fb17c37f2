package build.leash.app.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import build.leash.access.api.event.EventFamily;
import build.leash.billing.api.event.BillingEvent;
import build.leash.billing.api.event.PlanChanged;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCatalogueTest {

    private static final EventFamily BILLING = new EventFamily(BillingEvent.class);

    private final EventCatalogue catalogue = new EventCatalogue(List.of(BILLING));

    @Test
    void findsAClassByItsNameAndANameByItsClass() {
        assertThat(catalogue.classOf("billing.plan-changed")).isEqualTo(PlanChanged.class);
        assertThat(catalogue.nameOf(PlanChanged.class)).isEqualTo("billing.plan-changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "billing.plan-changed ", "Billing.Plan-Changed", "billing.plan-cancelled",
            "build.leash.billing.api.event.PlanChanged", "java.util.ArrayList"})
    void knowsNoOtherName(String name) {
        assertThatExceptionOfType(UnknownEvent.class).isThrownBy(() -> catalogue.classOf(name));
    }

    @Test
    void refusesTwoEventsOfOneName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new EventCatalogue(
                        List.of(BILLING, new EventFamily(ArtificialEvents.Later.class))))
                .withMessage("Two events are named billing.plan-changed");
        assertThatIllegalStateException().isThrownBy(() -> new EventCatalogue(List.of(BILLING, BILLING)));
    }

    @Test
    void refusesAnEventWithoutAName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new EventCatalogue(List.of(new EventFamily(ArtificialEvents.Nameless.class))))
                .withMessageContaining("without @EventName");
    }

    @Test
    void refusesAnEventWithoutARevision() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new EventCatalogue(List.of(new EventFamily(ArtificialEvents.Unrevised.class))))
                .withMessageContaining("without @Revision");
    }
}
