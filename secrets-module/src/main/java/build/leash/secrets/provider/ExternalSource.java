package build.leash.secrets.provider;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.outbound.OutboundFailure;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kind of external source. */
public interface ExternalSource {

    /** For how many keys a source is asked at most: those of ten apps that declare as many as they may. */
    int MAX_KEYS = 5_000;

    SourceKind kind();

    /** @throws InvalidValue if a setting is missing, unknown or malformed */
    void check(Map<String, String> settings);

    /** @throws InvalidValue if nothing can be asked with it */
    void checkCredential(PlainSecret credential);

    /**
     * The settings that say to whom the credential is sent, or what is signed with it. Whoever changes one of them gives
     * the credential anew.
     */
    default Set<String> destination() {
        return Set.of();
    }

    /**
     * Asks for the values of these keys, {@link #MAX_KEYS} at most. What the answer lacks, the source does not hold. Whoever asks closes the values.
     *
     * @throws OutboundFailure if there is no answer that says what the source holds
     */
    Map<EnvKey, PlainSecret> fetch(Question question) throws OutboundFailure;

    /**
     * What a source is asked.
     *
     * @param organization on whose behalf
     * @param settings as {@link #check} let them pass
     * @param credential as {@link #checkCredential} let it pass; null only for a source from before it needed one
     */
    record Question(OrganizationId organization, Map<String, String> settings, @Nullable PlainSecret credential,
            Set<EnvKey> keys) {

        /** The credential as text. */
        String secret() throws OutboundFailure {
            if (credential == null) {
                throw new OutboundFailure("no_credential");
            }
            return credential.reveal();
        }

        @Override
        public String toString() {
            return "Question" + keys;
        }
    }
}
