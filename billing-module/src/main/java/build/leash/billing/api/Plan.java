package build.leash.billing.api;

import build.leash.access.api.InvalidValue;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The plans, from the smallest to the largest; each includes all of those before it. */
public enum Plan {
    STARTER, GROWTH, SCALE;

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
