package build.leash.app.audit.export;

import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.app.audit.Parameters;
import build.leash.app.audit.ledger.Ledger.SignedCheckpoint;
import build.leash.app.web.error.InvalidRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/audit}: the event log of the caller's organization. */
@RestController
@RequestMapping("/api/organization/audit")
class AuditController {

    private static final String JSON_LINES = "application/jsonl";
    private static final int BUFFER = 65_536;

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    /** @param checkpoint a signed note */
    record CheckpointJson(String origin, String verifierKey, long size, String checkpoint, Instant createdAt) {}

    record ConsistencyJson(long from, long to, List<String> proof) {}

    @GetMapping("/events")
    ResponseEntity<Page<EventJson>> list(Caller caller, PageRequest page,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String server,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        var filter = new EventFilter(Parameters.text("actor", actor), Parameters.text("server", server),
                Parameters.text("type", type),
                Parameters.time("from", from), Parameters.time("to", to));
        return answer(log.list(caller, filter, page));
    }

    @GetMapping("/events/{id}")
    ResponseEntity<EventJson.Proven> prove(Caller caller, @PathVariable String id) {
        return answer(log.prove(caller, uuid(id)));
    }

    @GetMapping("/checkpoint")
    ResponseEntity<CheckpointJson> checkpoint(Caller caller) {
        SignedCheckpoint checkpoint = log.checkpoint(caller);
        return answer(new CheckpointJson(log.origin(), log.verifierKey(), checkpoint.size(), checkpoint.note(),
                checkpoint.createdAt()));
    }

    @GetMapping("/consistency")
    ResponseEntity<ConsistencyJson> consistency(Caller caller, @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        long smaller = number("from", from == null ? "" : from);
        long larger = number("to", to == null ? "" : to);
        return answer(new ConsistencyJson(smaller, larger, log.consistency(caller, smaller, larger)));
    }

    /** Written as it is read, without end in memory. An export that breaks off is resumed after its last event. */
    @GetMapping("/export")
    void export(Caller caller, @RequestParam(defaultValue = "jsonl") String format,
            @RequestParam(required = false) @Nullable String after, HttpServletResponse response) throws IOException {
        if (!format.equals("jsonl") && !format.equals("cloudevents")) {
            throw new InvalidRequest("format", "The format is jsonl or cloudevents.");
        }
        Cursor start = log.start(caller, after);
        response.setContentType(JSON_LINES);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        log.export(caller, start,
                format.equals("jsonl") ? new JsonLines(out) : new CloudEventLines(out, log.origin()));
        out.flush();
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new InvalidRequest(name, "This is a number.");
        }
        return Long.parseLong(text);
    }

    /** What is no id is no event's. */
    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}
