package build.leash.app.audit.asof;

import build.leash.access.api.Caller;
import build.leash.app.audit.Parameters;
import build.leash.app.audit.replay.OrganizationReplay;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/organization/audit}: what the log says about states. */
@RestController
@RequestMapping("/api/organization/audit")
class StateController {

    private final OrganizationReplay replay;

    StateController(OrganizationReplay replay) {
        this.replay = replay;
    }

    /** @param state rows by subject, for example {@code servers} */
    record StateJson(Instant at, Map<String, List<JsonNode>> state) {}

    /** @param removed rows as they were, by subject; {@code added} as they are. A changed row is in both. */
    record ChangesJson(Instant from, Instant to, Map<String, List<JsonNode>> removed,
            Map<String, List<JsonNode>> added) {}

    @GetMapping("/state")
    ResponseEntity<StateJson> state(Caller caller, @RequestParam(required = false) @Nullable String at) {
        Instant moment = Parameters.moment("at", at);
        return answer(new StateJson(moment, replay.stateAsOf(caller, moment)));
    }

    @GetMapping("/changes")
    ResponseEntity<ChangesJson> changes(Caller caller, @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        Instant earlier = Parameters.moment("from", from);
        Instant later = Parameters.moment("to", to);
        Changes changes = Changes.between(replay.stateAsOf(caller, earlier), replay.stateAsOf(caller, later));
        return answer(new ChangesJson(earlier, later, changes.removed(), changes.added()));
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
