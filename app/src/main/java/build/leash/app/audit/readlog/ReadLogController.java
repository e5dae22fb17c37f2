package build.leash.app.audit.readlog;

import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.app.audit.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/audit/reads}: who was handed what. */
@RestController
class ReadLogController {

    private final RecordedReads reads;

    ReadLogController(RecordedReads reads) {
        this.reads = reads;
    }

    @GetMapping("/api/organization/audit/reads")
    ResponseEntity<Page<RecordedReads.Entry>> list(Caller caller, PageRequest page,
            @RequestParam(required = false) @Nullable String slug, @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        var filter = new RecordedReads.Filter(Parameters.text("slug", slug), Parameters.text("key", key),
                Parameters.text("outcome", outcome), Parameters.time("from", from), Parameters.time("to", to));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(reads.list(caller, filter, page));
    }
}
