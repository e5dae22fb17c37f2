package build.leash.app.web.env;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.AppKey;
import build.leash.access.api.Rejected;
import build.leash.app.web.KeyHolder;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.Apps.ManifestView;
import build.leash.secrets.api.EnvKey;
import java.util.List;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/apps/{app}/secrets/sync}: an app's manifest. An app's own key tells that of its app, which it may
 * also call {@code me}; a management key that of any.
 */
@RestController
class ManifestController {

    private static final String ITSELF = "me";

    private final Apps apps;

    ManifestController(Apps apps) {
        this.apps = apps;
    }

    @PostMapping(path = "/api/apps/{app}/secrets/sync", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ManifestView> sync(KeyHolder who, @PathVariable String app, RequestFields body) {
        List<EnvKey> keys = body.requiredList("keys", Apps.MAX_KEYS, EnvKey::of);
        List<EnvKey> declared = body.build(() -> Objects.requireNonNull(keys));
        ManifestView manifest = switch (who) {
            case KeyHolder.App holder -> apps.sync(ofThisApp(holder.key(), app), declared, holder.requestId());
            case KeyHolder.Automation holder -> apps.sync(holder.caller(), EnvPath.app(app), declared);
        };
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(manifest);
    }

    private static AppKey ofThisApp(AppKey key, String app) {
        if (!app.equals(ITSELF) && !app.equals(key.app().value())) {
            throw new Rejected(AccessRejection.NOT_ALLOWED, "This API key belongs to another app.");
        }
        return key;
    }
}
