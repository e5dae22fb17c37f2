package build.leash.secrets.env;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.provider.ExternalSource;
import build.leash.secrets.provider.ExternalSource.Question;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds of source: what each needs, and how it is asked. */
final class Kinds {

    private static final Logger LOG = LoggerFactory.getLogger(Kinds.class);

    private final Map<SourceKind, ExternalSource> external;

    Kinds(List<ExternalSource> external) {
        this.external = external.stream().collect(Collectors.toUnmodifiableMap(ExternalSource::kind,
                Function.identity()));
    }

    /**
     * Asks a source of this kind, whatever is wrong with it.
     *
     * @throws OutboundFailure also if it cannot be asked at all: then the source shows as failing, as any other that does
     * @throws Rejected if nobody was asked, for a reason that is not the source's
     */
    Map<EnvKey, PlainSecret> fetch(SourceKind kind, Question question) throws OutboundFailure {
        if (question.keys().size() > ExternalSource.MAX_KEYS) {
            throw new OutboundFailure("too_many_keys");
        }
        try {
            return external(kind).fetch(question);
        } catch (Rejected e) {
            throw e;
        } catch (InvalidValue e) {
            throw new OutboundFailure("invalid_settings");
        } catch (RuntimeException e) {
            // its message might quote the settings or the answer
            LOG.error("A secret source of the kind {} cannot be asked: {}", kind, e.getClass().getName());
            throw new OutboundFailure("internal_error");
        }
    }

    /**
     * Checks what somebody wants a new source to be like.
     *
     * @param credential null for none
     * @throws InvalidValue if its kind does not take it
     */
    void check(SourceKind kind, Map<String, String> settings, @Nullable PlainSecret credential) {
        check(kind, settings, credential, false);
    }

    /**
     * Checks what somebody wants to make of a source. A credential that is there goes where it was meant to go when it was
     * given, and nowhere else: whoever changes that gives it anew, or could have it sent to themselves.
     *
     * @param credential a new one; null for none
     * @throws InvalidValue if its kind does not take it
     */
    void check(SourceView source, Map<String, String> settings, @Nullable PlainSecret credential) {
        check(source.kind(), settings, credential, source.hasCredential());
        if (source.kind().isExternal() && credential == null) {
            for (String setting : external(source.kind()).destination()) {
                if (!Objects.equals(source.settings().get(setting), settings.get(setting))) {
                    throw new InvalidValue("With another " + setting + " the credential has to be given anew:"
                            + " it would go elsewhere than it was meant to.");
                }
            }
        }
    }

    private void check(SourceKind kind, Map<String, String> settings, @Nullable PlainSecret credential,
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

    private ExternalSource external(SourceKind kind) {
        return Objects.requireNonNull(external.get(kind));
    }
}
