package build.leash.secrets.env;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.provider.ExternalSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of source: what each needs, and how it is asked. */
final class Kinds {

    private final Map<SourceKind, ExternalSource> external;

    Kinds(List<ExternalSource> external) {
        this.external = external.stream().collect(Collectors.toUnmodifiableMap(ExternalSource::kind,
                Function.identity()));
    }

    ExternalSource external(SourceKind kind) {
        return Objects.requireNonNull(external.get(kind));
    }

    /**
     * Checks what somebody wants a source to be like.
     *
     * @param credential a new one; null for none
     * @param hasCredential whether it has one already
     * @throws InvalidValue if its kind does not take it
     */
    void check(SourceKind kind, Map<String, String> settings, @Nullable PlainSecret credential,
            boolean hasCredential) {
        if (!kind.isExternal()) {
            if (!settings.isEmpty() || credential != null) {
                throw new InvalidValue("A native source has neither settings nor a credential.");
            }
            return;
        }
        external(kind).check(settings);
        if (credential != null) {
            external(kind).checkCredential(credential);
        } else if (!hasCredential) {
            throw new InvalidValue("A source of the kind " + kind + " needs a credential.");
        }
    }
}
