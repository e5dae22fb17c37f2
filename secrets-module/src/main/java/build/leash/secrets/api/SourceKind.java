package build.leash.secrets.api;

import build.leash.access.api.InvalidValue;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a source has its values from. */
public enum SourceKind {

    /** From whoever types them here. */
    NATIVE,
    /** From Google Secret Manager. */
    GOOGLE_SECRET_MANAGER,
    /** From a config of Doppler. */
    DOPPLER,
    /** From an environment of Infisical. */
    INFISICAL,
    /** From a server of the organization's own, asked with a signed request. */
    WEBHOOK;

    /** Whether values come from outside of Leash. */
    public boolean isExternal() {
        return this != NATIVE;
    }

    /**
     * The kind with this name, as written on the wire.
     *
     * @throws InvalidValue if there is none
     */
    @JsonCreator
    public static SourceKind of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst()
                .orElseThrow(() -> new InvalidValue("A kind of source is one of " + Arrays.stream(values())
                        .map(SourceKind::toString).collect(Collectors.joining(", ")) + "."));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
