package build.leash.app.freshness;

import build.leash.billing.api.Plan;
import java.util.Optional;
import java.util.function.Predicate;

/** What a fetch depends on, each with what was acknowledged before the request began. */
final class Sight {

    private final Seen<Boolean> keyInForce;
    private final Seen<Plan> plan;
    private final Seen<Optional<String>> token;

    private record Seen<S>(History<S> history, int mark) {

        static <S> Seen<S> now(History<S> history) {
            return new Seen<>(history, history.mark());
        }

        boolean mayBe(Predicate<S> like) {
            return history.mayBe(mark, like);
        }
    }

    /**
     * Marks what is acknowledged now: just before the request is sent.
     *
     * @param token empty while no server is registered under the slug
     */
    Sight(History<Boolean> keyInForce, History<Plan> plan, History<Optional<String>> token) {
        this.keyInForce = Seen.now(keyInForce);
        this.plan = Seen.now(plan);
        this.token = Seen.now(token);
    }

    /**
     * Whether this answer may be given, judged right after it came.
     *
     * @param given the token that was handed off; empty if none was
     */
    boolean allows(int status, Optional<String> given) {
        boolean mayAsk = keyInForce.mayBe(inForce -> inForce);
        boolean mayHave = mayAsk && plan.mayBe(plan -> plan != Plan.STARTER);
        return switch (status) {
            case 200 -> mayHave && given.isPresent() && token.mayBe(given::equals);
            case 401 -> keyInForce.mayBe(inForce -> !inForce);
            case 402 -> mayAsk && plan.mayBe(plan -> plan == Plan.STARTER);
            case 404 -> mayHave && token.mayBe(Optional::isEmpty);
            default -> false;
        };
    }
}
