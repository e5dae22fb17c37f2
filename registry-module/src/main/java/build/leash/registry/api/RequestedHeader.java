package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;

/** A static header as an owner asks for it. */
public sealed interface RequestedHeader {

    HeaderName name();

    /** Kept and shown in the open. Not for names that look like a credential's. */
    record Plain(HeaderName name, String value) implements RequestedHeader {
        public Plain {
            HeaderValue.check(value);
            if (name.looksLikeCredential()) {
                throw new InvalidValue("This header looks like a credential."
                        + " Give it as {\"value\": …, \"secret\": true}, so that it is sealed.");
            }
        }
    }

    /** Sealed, and only ever handed off. */
    record Secret(HeaderName name, PlainSecret value) implements RequestedHeader {
        public Secret {
            HeaderValue.check(value);
        }
    }

    /** The secret header of this name, as it is. */
    record KeptSecret(HeaderName name) implements RequestedHeader {}
}
