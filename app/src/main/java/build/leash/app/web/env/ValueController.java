package build.leash.app.web.env;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Caller;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.NativeValues.VersionView;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.ValueView;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The values of native sources: they go in here and never come out. */
@RestController
@RequestMapping(SourceController.PATH + "/{id}/values/{key}")
class ValueController {

    private final NativeValues values;

    ValueController(NativeValues values) {
        this.values = values;
    }

    /** The present version first. */
    record VersionsJson(List<VersionView> items) {}

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ValueView> set(Caller caller, @PathVariable String id, @PathVariable String key,
            RequestFields body) {
        EnvValue value = body.required("value", text -> new EnvValue(PlainSecret.of(text)));
        EnvValue wanted = body.build(() -> requireNonNull(value));
        return shown(values.set(caller, EnvPath.source(id), EnvPath.key(key), wanted));
    }

    @DeleteMapping
    ResponseEntity<Void> remove(Caller caller, @PathVariable String id, @PathVariable String key) {
        values.remove(caller, EnvPath.source(id), EnvPath.key(key));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/versions")
    ResponseEntity<VersionsJson> versions(Caller caller, @PathVariable String id, @PathVariable String key) {
        return shown(new VersionsJson(values.versions(caller, EnvPath.source(id), EnvPath.key(key))));
    }

    @PostMapping(path = "/roll-back", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ValueView> rollBack(Caller caller, @PathVariable String id, @PathVariable String key,
            RequestFields body) {
        Long version = body.requiredNumber("version", 1, Long.MAX_VALUE);
        long wanted = body.build(() -> requireNonNull(version));
        return shown(values.rollBack(caller, EnvPath.source(id), EnvPath.key(key), wanted));
    }

    private static <T> ResponseEntity<T> shown(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
