package build.leash.app.web.organization;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;
import build.leash.app.web.RequestFields;
import build.leash.app.web.error.InvalidRequest;
import build.leash.secrets.api.EncryptionKeyView;
import build.leash.secrets.api.EncryptionKeys;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/encryption-key}. */
@RestController
@RequestMapping("/api/organization/encryption-key")
class EncryptionKeyController {

    private final EncryptionKeys keys;

    EncryptionKeyController(EncryptionKeys keys) {
        this.keys = keys;
    }

    /** What is rotated. */
    private enum Rotation {
        KEY, DATA_KEY;

        static Rotation of(String name) {
            return switch (name) {
                case "key" -> KEY;
                case "data-key" -> DATA_KEY;
                default -> throw new InvalidValue("What is rotated is one of key, data-key.");
            };
        }
    }

    @GetMapping
    ResponseEntity<EncryptionKeyJson> get(Caller caller) {
        return shown(keys.get(caller));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<EncryptionKeyJson> change(Caller caller, RequestFields body) {
        String provider = body.required("provider", text -> text);
        String keyName = body.optional("keyName", text -> text);
        return shown(body.build(() -> named(keyName == null ? "provider" : "keyName",
                () -> change(caller, requireNonNull(provider), keyName))));
    }

    @PostMapping(path = "/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<EncryptionKeyJson> rotate(Caller caller, RequestFields body) {
        Rotation what = body.required("what", Rotation::of);
        return shown(body.build(() -> requireNonNull(what) == Rotation.KEY
                ? keys.rotateKey(caller)
                : keys.rotateDataKey(caller)));
    }

    @PostMapping(path = "/shred", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<EncryptionKeyJson> shred(Caller caller, RequestFields body) {
        String confirmation = body.required("confirm", text -> text);
        return shown(body.build(() -> named("confirm", () -> keys.shred(caller, requireNonNull(confirmation)))));
    }

    private EncryptionKeyView change(Caller caller, String provider, @Nullable String keyName) {
        return keyName == null ? keys.move(caller, provider) : keys.bring(caller, provider, keyName);
    }

    private static <T> T named(String field, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidValue e) {
            throw new InvalidRequest(field, e.whatIsAllowed());
        }
    }

    private static ResponseEntity<EncryptionKeyJson> shown(EncryptionKeyView key) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(EncryptionKeyJson.of(key));
    }
}
