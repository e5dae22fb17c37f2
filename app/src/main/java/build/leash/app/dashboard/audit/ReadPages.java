package build.leash.app.dashboard.audit;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.app.audit.export.AuditLog;
import build.leash.app.audit.readlog.RecordedReads;
import build.leash.app.dashboard.page.Form;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The read log, and the page with checkpoints and exports. */
@Controller
@RequestMapping(LogPages.PATH)
class ReadPages {

    static final int PER_PAGE = 50;
    static final int CHECKPOINTS = 20;
    private static final List<String> FIELDS = List.of("slug", "key", "outcome", "from", "to");

    private final RecordedReads reads;
    private final ApiKeys keys;
    private final AuditLog log;

    ReadPages(RecordedReads reads, ApiKeys keys, AuditLog log) {
        this.reads = reads;
        this.keys = keys;
        this.log = log;
    }

    record Row(RecordedReads.Entry read, String key) {}

    @GetMapping("/reads")
    String reads(Caller caller, Form form, Model model) {
        Filters filters = new Filters(LogPages.PATH + "/reads", form, FIELDS);
        var filter = new RecordedReads.Filter(filters.text("slug"), filters.text("key"), filters.text("outcome"),
                filters.time("from"), filters.time("to"));
        Page<RecordedReads.Entry> page = reads.list(caller, filter, new PageRequest(filters.after(), PER_PAGE));
        Map<ApiKeyId, String> names = keys.names(caller.organization(),
                page.items().stream().map(read -> ApiKeyId.of(read.keyId())).distinct().toList());
        model.addAttribute("reads", page.items().stream().map(read -> new Row(read,
                names.getOrDefault(ApiKeyId.of(read.keyId()), "a revoked API key"))).toList())
                .addAttribute("form", form).addAttribute("next", filters.next(page.next()))
                .addAttribute("filtered", filters.isAny());
        return "audit/reads";
    }

    @GetMapping("/checkpoints")
    String checkpoints(Caller caller, Model model) {
        model.addAttribute("latest", log.checkpoint(caller)).addAttribute("key", log.verifierKey())
                .addAttribute("checkpoints", log.checkpoints(caller, CHECKPOINTS));
        return "audit/checkpoints";
    }

}
