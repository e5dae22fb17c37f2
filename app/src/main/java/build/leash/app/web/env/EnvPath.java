package build.leash.app.web.env;

import build.leash.access.api.AppName;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;

/** Reads the names in a path. What is none names nothing, and is not repeated in the answer. */
public final class EnvPath {

    private EnvPath() {}

    public static AppName app(String text) {
        if (!AppName.isValid(text)) {
            throw new Rejected(SecretsRejection.UNKNOWN_APP, "Unknown app");
        }
        return AppName.of(text);
    }

    public static SourceId source(String text) {
        try {
            return SourceId.of(text);
        } catch (IllegalArgumentException e) {
            throw new Rejected(SecretsRejection.UNKNOWN_SOURCE, "Unknown secret source");
        }
    }

    public static EnvKey key(String text) {
        if (!EnvKey.isValid(text)) {
            throw new Rejected(SecretsRejection.INVALID_KEY,
                    "A key has 1 to 100 letters, digits and underscores, and begins with no digit.");
        }
        return EnvKey.of(text);
    }
}
