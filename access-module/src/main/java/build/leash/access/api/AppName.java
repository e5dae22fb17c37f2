package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/**
 * The name of an organization's app, which it keeps: 1 to 63 characters of a DNS label (RFC 1123), lower case. Neither
 * {@code me}, which is whatever app asks, nor {@code env}, which is a path of its own.
 */
public record AppName(String value) implements Comparable<AppName> {

    private static final Set<String> RESERVED = Set.of("me", "env");

    /** The app of every key that names none. Each organization has it. */
    public static final AppName DEFAULT = new AppName("default");

    public AppName {
        if (!isValid(value)) {
            throw new InvalidValue("The name of an app has 1 to 63 lower-case letters, digits and hyphens, neither"
                    + " starts nor ends with a hyphen, and is neither me nor env.");
        }
    }

    /**
     * The name with this text.
     *
     * @throws InvalidValue if the text breaks the rules of a name
     */
    @JsonCreator
    public static AppName of(String text) {
        return new AppName(text);
    }

    /** Whether {@link #of} would accept the text. */
    public static boolean isValid(String text) {
        return Slug.isValid(text) && !RESERVED.contains(text);
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
