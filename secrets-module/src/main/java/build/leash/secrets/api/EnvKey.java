package build.leash.secrets.api;

import build.leash.access.api.InvalidValue;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of an env value, as shells take it (POSIX.1-2024, 3.216 Name), with at most 100 characters. */
public record EnvKey(String value) implements Comparable<EnvKey> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    public EnvKey {
        if (!isValid(value)) {
            throw new InvalidValue("A key has 1 to 100 letters, digits and underscores, and begins with no digit.");
        }
    }

    /**
     * The key with this text.
     *
     * @throws InvalidValue if the text breaks the rules of a key
     */
    @JsonCreator
    public static EnvKey of(String text) {
        return new EnvKey(text);
    }

    /** Whether {@link #of} would accept the text. */
    public static boolean isValid(String text) {
        return ALLOWED.matcher(text).matches();
    }

    @Override
    public int compareTo(EnvKey other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
