package build.leash.app.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.billing.api.Plan;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find. */
class SightTest {

    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> OLD = Optional.of("old");
    private static final Optional<String> NEW = Optional.of("new");

    private final History<Boolean> keyInForce = new History<>(true);
    private final History<Plan> plan = new History<>(Plan.GROWTH);
    private final History<Optional<String>> token = new History<>(OLD);

    @Test
    void anAnswerOlderThanAnAcknowledgedRotationIsWrong() {
        change(token, NEW);

        Sight sight = look();

        assertThat(sight.allows(200, OLD)).isFalse();
        assertThat(sight.allows(200, NEW)).isTrue();
        assertThat(sight.allows(404, NONE)).isFalse();
    }

    @Test
    void anAnswerOlderThanAnAcknowledgedRevocationIsWrong() {
        change(token, NONE);

        assertThat(look().allows(200, OLD)).isFalse();
        assertThat(look().allows(404, NONE)).isTrue();
    }

    @Test
    void anAnswerToARevokedKeyIsWrong() {
        change(keyInForce, false);

        assertThat(look().allows(200, OLD)).isFalse();
        assertThat(look().allows(402, NONE)).isFalse();
        assertThat(look().allows(404, NONE)).isFalse();
        assertThat(look().allows(401, NONE)).isTrue();
    }

    @Test
    void aKeyInForceMustBeLetIn() {
        assertThat(look().allows(401, NONE)).isFalse();
    }

    @Test
    void anAnswerOlderThanAnAcknowledgedPlanIsWrong() {
        change(plan, Plan.STARTER);
        assertThat(look().allows(200, OLD)).isFalse();
        assertThat(look().allows(402, NONE)).isTrue();

        change(plan, Plan.GROWTH);
        assertThat(look().allows(402, NONE)).isFalse();
        assertThat(look().allows(200, OLD)).isTrue();
    }

    @Test
    void whatChangesDuringARequestMayBeSeenOrNot() {
        Sight sight = look();
        change(token, NEW);
        change(keyInForce, false);

        assertThat(sight.allows(200, OLD)).isTrue();
        assertThat(sight.allows(200, NEW)).isTrue();
        assertThat(sight.allows(401, NONE)).isTrue();
        assertThat(sight.allows(402, NONE)).isFalse();
    }

    @Test
    void whatNobodyAcknowledgedMayBeSeenUntilALaterChangeIs() {
        token.begin(NEW);
        assertThat(look().allows(200, OLD)).isTrue();
        assertThat(look().allows(200, NEW)).isTrue();

        change(token, Optional.of("newest"));
        assertThat(look().allows(200, OLD)).isFalse();
        assertThat(look().allows(200, NEW)).isFalse();
    }

    @Test
    void whatWasTurnedDownMustNotBeSeen() {
        token.begin(NEW);
        token.refuse();

        assertThat(look().allows(200, NEW)).isFalse();
        assertThat(look().allows(200, OLD)).isTrue();
    }

    @Test
    void whatNeverWasIsWrong() {
        assertThat(look().allows(200, Optional.of("somebody else's"))).isFalse();
        assertThat(look().allows(200, NONE)).isFalse();
        assertThat(look().allows(500, NONE)).isFalse();
    }

    private Sight look() {
        return new Sight(keyInForce, plan, token);
    }

    private static <S> void change(History<S> history, S next) {
        history.begin(next);
        history.acknowledge();
    }
}
