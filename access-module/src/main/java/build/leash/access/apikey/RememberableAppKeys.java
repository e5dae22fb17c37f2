package build.leash.access.apikey;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.AppKeys;
import build.leash.access.api.KeyHash;
import build.leash.access.api.PlainApiKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of apps as fetches recognize them. */
final class RememberableAppKeys implements AppKeys {

    private final StoredApiKeys keys;

    RememberableAppKeys(StoredApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public KeyHash hash(@Nullable String presented) {
        if (presented == null) {
            throw AppKeys.required();
        }
        return PlainApiKey.parse(presented).filter(key -> key.kind() == ApiKeyKind.APP)
                .map(key -> KeyHash.of(key.sha256())).orElseThrow(AppKeys::notValid);
    }

    @Override
    public Optional<Known> inView(KeyHash hash) {
        return keys.findApp(hash);
    }
}
