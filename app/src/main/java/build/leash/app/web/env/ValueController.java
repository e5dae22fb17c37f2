package build.leash.app.web.env;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Caller;
import build.leash.app.web.ETags;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.NativeValues.VersionView;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.ValueView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
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
            RequestFields body, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        EnvValue value = body.required("value", text -> new EnvValue(PlainSecret.of(text)));
        EnvValue wanted = body.build(() -> requireNonNull(value));
        Place place = Place.of(id, key);
        return tagged(place, values.set(caller, place.source(), place.key(), wanted, place.expected(ifMatch)));
    }

    @DeleteMapping
    ResponseEntity<Void> remove(Caller caller, @PathVariable String id, @PathVariable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Place place = Place.of(id, key);
        values.remove(caller, place.source(), place.key(), place.expected(ifMatch));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/versions")
    ResponseEntity<VersionsJson> versions(Caller caller, @PathVariable String id, @PathVariable String key) {
        Place place = Place.of(id, key);
        List<VersionView> kept = values.versions(caller, place.source(), place.key());
        return shown(place, kept.getFirst().version(), new VersionsJson(kept));
    }

    @PostMapping(path = "/roll-back", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ValueView> rollBack(Caller caller, @PathVariable String id, @PathVariable String key,
            RequestFields body, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Long version = body.requiredNumber("version", 1, Long.MAX_VALUE);
        long wanted = body.build(() -> requireNonNull(version));
        Place place = Place.of(id, key);
        return tagged(place,
                values.rollBack(caller, place.source(), place.key(), wanted, place.expected(ifMatch)));
    }

    private static ResponseEntity<ValueView> tagged(Place place, ValueView value) {
        return shown(place, value.version(), value);
    }

    private static <T> ResponseEntity<T> shown(Place place, long version, T body) {
        return ResponseEntity.ok().eTag(ETags.of(place.name(), version)).cacheControl(CacheControl.noStore())
                .body(body);
    }

    /** Where a value is, as the path names it. */
    private record Place(SourceId source, EnvKey key) {

        static Place of(String id, String key) {
            return new Place(EnvPath.source(id), EnvPath.key(key));
        }

        String name() {
            return source + "." + key;
        }

        @Nullable
        Long expected(@Nullable String ifMatch) {
            return ETags.expected(ifMatch, name());
        }
    }
}
