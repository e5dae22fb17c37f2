package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.SecretRef;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A static header as it is recorded: with its value in the open, or with a reference to the sealed one.
 *
 * @param value null if it is secret
 * @param secret null if it is in the open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StaticHeader(HeaderName name, @Nullable String value, @Nullable SecretRef secret) {

    public StaticHeader {
        if ((value == null) == (secret == null)) {
            throw new InvalidValue("A header has either a value or a secret.");
        }
    }

    public static StaticHeader plain(HeaderName name, String value) {
        return new StaticHeader(name, value, null);
    }

    public static StaticHeader secret(HeaderName name, SecretRef secret) {
        return new StaticHeader(name, null, secret);
    }

    /** The value in the open, or else what is got for the reference to the sealed one. */
    public String valueOr(Function<SecretRef, String> open) {
        return value != null ? value : open.apply(Objects.requireNonNull(secret));
    }
}
