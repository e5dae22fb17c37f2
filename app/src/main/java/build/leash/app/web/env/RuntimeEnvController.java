package build.leash.app.web.env;

import build.leash.access.api.AppKey;
import build.leash.app.audit.readlog.ReadLog;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.RuntimeEnv;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What apps call to read their env values: one, several, or all that their manifest declares. */
@RestController
class RuntimeEnvController {

    private final RuntimeEnv env;
    private final ReadLog reads;

    RuntimeEnvController(RuntimeEnv env, ReadLog reads) {
        this.env = env;
        this.reads = reads;
    }

    /** A value in plain, so it does not print itself. */
    record Value(String value) {

        @Override
        public String toString() {
            return "Value[…]";
        }
    }

    /** Values in plain, so it does not print itself. */
    record Values(Map<String, String> values) {

        @Override
        public String toString() {
            return "Values[…]";
        }
    }

    /** The same in the shape that older clients read. */
    record LegacyEnv(boolean success, Map<String, String> data) {

        @Override
        public String toString() {
            return "LegacyEnv[…]";
        }
    }

    @GetMapping(path = "/api/apps/me/secrets/{key}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Value> get(AppKey app, @PathVariable String key, HttpServletRequest request) {
        String value = read(app, List.of(key), request).get(key);
        return notStored(new Value(Objects.requireNonNull(value)));
    }

    @PostMapping(path = "/api/apps/me/secrets:batch", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Values> batch(AppKey app, RequestFields body, HttpServletRequest request) {
        List<String> keys = body.requiredList("keys", RuntimeEnv.MAX_KEYS, key -> key);
        List<String> wanted = body.build(() -> Objects.requireNonNull(keys));
        return notStored(new Values(read(app, wanted, request)));
    }

    @GetMapping(path = "/api/apps/env", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<LegacyEnv> all(AppKey app, HttpServletRequest request) {
        return notStored(
                new LegacyEnv(true, reads.env(request, app, List.of(), () -> env.readAll(app))));
    }

    private Map<String, String> read(AppKey app, List<String> keys, HttpServletRequest request) {
        return reads.env(request, app, keys, () -> env.read(app, keys));
    }

    private static <T> ResponseEntity<T> notStored(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
