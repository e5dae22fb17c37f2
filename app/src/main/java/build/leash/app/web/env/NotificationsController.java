package build.leash.app.web.env;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Caller;
import build.leash.access.api.Rejected;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceNotifications;
import build.leash.secrets.api.SourceNotifications.NotificationsView;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/notifications}: where the organization is told about its secret sources. */
@RestController
@RequestMapping("/api/organization/notifications")
class NotificationsController {

    private final SourceNotifications notifications;

    NotificationsController(SourceNotifications notifications) {
        this.notifications = notifications;
    }

    @GetMapping
    ResponseEntity<NotificationsView> get(Caller caller) {
        return shown(notifications.get(caller).orElseThrow(
                () -> new Rejected(SecretsRejection.UNKNOWN_NOTIFICATIONS, "Nobody is notified.")));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NotificationsView> set(Caller caller, RequestFields body) {
        String url = body.required("url", text -> text);
        PlainSecret secret = body.required("secret", PlainSecret::of);
        return shown(body.build(() -> notifications.set(caller, requireNonNull(url), requireNonNull(secret))));
    }

    @DeleteMapping
    ResponseEntity<Void> stop(Caller caller) {
        notifications.stop(caller);
        return ResponseEntity.noContent().build();
    }

    private static <T> ResponseEntity<T> shown(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
