package build.leash.app.web.organization;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeyView;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.app.web.RequestFields;
import build.leash.app.web.error.InvalidRequest;
import build.leash.secrets.api.Apps;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/api-keys}. */
@RestController
@RequestMapping(ApiKeyController.PATH)
class ApiKeyController {

    static final String PATH = "/api/organization/api-keys";

    private final ApiKeys keys;
    private final Apps apps;
    private final Clock clock;

    ApiKeyController(ApiKeys keys, Apps apps, Clock clock) {
        this.keys = keys;
        this.apps = apps;
        this.clock = clock;
    }

    /** A new key with its value, which no other answer shows. Does not print it. */
    record IssuedJson(@JsonUnwrapped ApiKeyView key, String value) {

        @Override
        public String toString() {
            return "IssuedJson[" + key.id() + "]";
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<IssuedJson> issue(Caller caller, RequestFields body) {
        ApiKeyRequest request = request(body);
        if (request.app() != null) {
            apps.mustHave(caller, request.app());
        }
        ApiKeys.Issued issued = keys.issue(caller, request);
        return ResponseEntity.created(URI.create(PATH + "/" + issued.key().id())).cacheControl(CacheControl.noStore())
                .body(new IssuedJson(issued.key(), issued.plain().reveal()));
    }

    @GetMapping
    ResponseEntity<PageJson<ApiKeyView>> list(Caller caller, PageRequest request) {
        if (request.after() != null && parsed(request.after()).isEmpty()) {
            throw new InvalidRequest("after", "Give the `next` of the page before.");
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore())
                .body(PageJson.of(keys.list(caller, request), key -> key));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(Caller caller, @PathVariable String id) {
        keys.revoke(caller, parsed(id).orElseThrow(
                () -> new Rejected(AccessRejection.UNKNOWN_API_KEY, "Unknown API key")));
        return ResponseEntity.noContent().build();
    }

    private ApiKeyRequest request(RequestFields body) {
        DisplayName name = body.required("name", DisplayName::of);
        ApiKeyKind given = body.optional("kind", ApiKeyKind::of);
        Role role = body.optional("role", Role::of);
        List<Slug> slugs = body.optionalList("slugs", Slug::of);
        Instant expiresAt = body.optional("expiresAt", this::future);
        AppName app = body.optional("app", AppName::of);
        ApiKeyKind kind = requireNonNullElse(given, ApiKeyKind.APP);
        if (given != null || !body.has("kind")) {
            ApiKeyRequest.conflicts(kind, role, slugs, app).forEach(body::violation);
        }
        boolean roleIsOwner = kind == ApiKeyKind.MANAGEMENT && role == null;
        return body.build(() -> new ApiKeyRequest(kind, requireNonNull(name),
                roleIsOwner ? Role.OWNER : role, slugs, expiresAt, app));
    }

    private Instant future(String text) {
        try {
            Instant instant = Instant.parse(text);
            if (instant.isAfter(clock.instant())) {
                return ApiKeyRequest.expiry(instant);
            }
        } catch (DateTimeParseException e) {
            // told below, in one sentence with the other rule
        }
        throw new InvalidValue("An expiry is a time in the future, as RFC 3339 writes it: 2030-01-31T12:00:00Z.");
    }

    private static Optional<ApiKeyId> parsed(String id) {
        try {
            return Optional.of(ApiKeyId.of(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
