package build.leash.app.dashboard.live;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.app.dashboard.signin.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code /dashboard/live}: server-sent events that name what changed, and nothing of it. */
@Controller
class LiveController {

    private final Watchers watchers;

    LiveController(Watchers watchers) {
        this.watchers = watchers;
    }

    @GetMapping(path = "/dashboard/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter watch(HttpServletRequest request, HttpServletResponse response, Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        response.setHeader("X-Accel-Buffering", "no");
        return watchers.watch(caller.organization(), SignedIn.of(request).orElseThrow().token());
    }
}
