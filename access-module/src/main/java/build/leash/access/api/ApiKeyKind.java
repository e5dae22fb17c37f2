package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The two kinds of API key, told apart by their prefix. */
public enum ApiKeyKind {

    /** For apps: reads hand-offs, changes nothing. */
    APP("lsk_live_"),
    /** For automation: does on the write side what its role allows, reads no hand-off. */
    MANAGEMENT("lsk_admin_");

    private final String prefix;

    ApiKeyKind(String prefix) {
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }

    /**
     * The kind with this name, as written on the wire.
     *
     * @throws InvalidValue if there is none
     */
    @JsonCreator
    public static ApiKeyKind of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst()
                .orElseThrow(() -> new InvalidValue("A kind of API key is one of app, management."));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
