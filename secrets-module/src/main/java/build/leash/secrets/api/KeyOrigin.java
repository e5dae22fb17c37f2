package build.leash.secrets.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose an organization's key is. */
public enum KeyOrigin {
    /** Made by Leash, which rotates and destroys it. */
    MADE,
    /** Brought by the organization, which destroys it. */
    BROUGHT;

    @JsonCreator
    public static KeyOrigin of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
