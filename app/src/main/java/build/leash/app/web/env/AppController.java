package build.leash.app.web.env;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.AppView;
import build.leash.secrets.api.Apps;
import java.net.URI;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/apps}. */
@RestController
@RequestMapping(AppController.PATH)
class AppController {

    static final String PATH = "/api/organization/apps";

    private final Apps apps;

    AppController(Apps apps) {
        this.apps = apps;
    }

    /** All of them: there are at most {@link Apps#MAX_APPS}. */
    record AppsJson(List<AppView> items) {}

    @GetMapping
    ResponseEntity<AppsJson> list(Caller caller) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new AppsJson(apps.list(caller)));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AppView> register(Caller caller, RequestFields body) {
        AppName name = body.required("name", AppName::of);
        DisplayName displayName = body.optional("displayName", DisplayName::of);
        AppView app = body.build(() -> apps.register(caller, requireNonNull(name),
                requireNonNullElse(displayName, DisplayName.of(requireNonNull(name).value()))));
        return ResponseEntity.created(URI.create(PATH + "/" + app.name())).cacheControl(CacheControl.noStore())
                .body(app);
    }

    @GetMapping("/{app}")
    ResponseEntity<AppView> get(Caller caller, @PathVariable String app) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(apps.get(caller, EnvPath.app(app)));
    }

    @PatchMapping(path = "/{app}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AppView> rename(Caller caller, @PathVariable String app, RequestFields body) {
        DisplayName displayName = body.required("displayName", DisplayName::of);
        AppView renamed = body.build(() -> apps.rename(caller, EnvPath.app(app), requireNonNull(displayName)));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(renamed);
    }

    @DeleteMapping("/{app}")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String app) {
        apps.remove(caller, EnvPath.app(app));
        return ResponseEntity.noContent().build();
    }
}
