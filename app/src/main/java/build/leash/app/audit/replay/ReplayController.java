package build.leash.app.audit.replay;

import build.leash.access.api.Caller;
import build.leash.app.web.RequestFields;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/audit/replay}: the caller's organization, made anew from its events. */
@RestController
@RequestMapping("/api/organization/audit/replay")
class ReplayController {

    private final ReplayRuns runs;

    ReplayController(ReplayRuns runs) {
        this.runs = runs;
    }

    @GetMapping
    ResponseEntity<ReplayRun> latest(Caller caller) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(runs.latest(caller));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReplayRun> start(Caller caller, RequestFields body) {
        boolean isSwapWanted = body.flag("swap");
        return ResponseEntity.status(HttpStatus.ACCEPTED).cacheControl(CacheControl.noStore())
                .body(body.build(() -> runs.start(caller, isSwapWanted)));
    }
}
