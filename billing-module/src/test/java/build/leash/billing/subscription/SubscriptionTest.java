package build.leash.billing.subscription;

import build.leash.access.api.OrganizationId;
import build.leash.billing.api.Plan;
import build.leash.billing.api.event.PlanChanged;
import build.leash.billing.api.event.SubscriptionStarted;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubscriptionTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final SubscriptionId ID = new SubscriptionId(ORGANIZATION);

    private final FixtureConfiguration<Subscription> fixture = new AggregateTestFixture<>(Subscription.class);

    static Stream<Arguments> moves() {
        return Stream.of(Plan.values()).flatMap(from -> Stream.of(Plan.values()).filter(to -> to != from)
                .map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @EnumSource(Plan.class)
    void startsOnAnyPlan(Plan plan) {
        fixture.givenNoPriorActivity().when(new StartSubscription(ID, plan))
                .expectEvents(new SubscriptionStarted(ORGANIZATION, plan));
    }

    @ParameterizedTest
    @MethodSource("moves")
    void movesUpAndDown(Plan from, Plan to) {
        fixture.given(new SubscriptionStarted(ORGANIZATION, from)).when(new ChangePlan(ID, to))
                .expectEvents(new PlanChanged(ORGANIZATION, from, to));
    }

    @ParameterizedTest
    @EnumSource(Plan.class)
    void staysSilentWhenItIsOnThePlanAlready(Plan plan) {
        fixture.given(new SubscriptionStarted(ORGANIZATION, plan)).when(new ChangePlan(ID, plan)).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void movesFromThePlanItMovedToLast() {
        fixture.given(new SubscriptionStarted(ORGANIZATION, Plan.STARTER),
                new PlanChanged(ORGANIZATION, Plan.STARTER, Plan.SCALE))
                .when(new ChangePlan(ID, Plan.STARTER))
                .expectEvents(new PlanChanged(ORGANIZATION, Plan.SCALE, Plan.STARTER));
    }
}
