package build.leash.billing.api;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.Rejected;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The plans, from the smallest to the largest; each includes all of those before it. */
public enum Plan {
    STARTER, GROWTH, SCALE;

    /**
     * Lets pass who has this plan if it includes the feature.
     *
     * @throws Rejected {@link BillingRejection#UPGRADE_REQUIRED} if it does not
     */
    public void require(Feature feature) {
        if (!includes(feature)) {
            throw new Rejected(BillingRejection.UPGRADE_REQUIRED,
                    feature.title() + " need the " + feature.from() + " plan or above.",
                    Map.of("requiredPlan", feature.from().toString(), "currentPlan", toString()));
        }
    }

    public boolean includes(Feature feature) {
        return compareTo(feature.from()) >= 0;
    }

    /**
     * The plan with this name, as written on the wire.
     *
     * @throws InvalidValue if there is none
     */
    @JsonCreator
    public static Plan of(String name) {
        return Arrays.stream(values()).filter(plan -> plan.toString().equals(name)).findFirst()
                .orElseThrow(() -> new InvalidValue("A plan is one of starter, growth, scale."));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
