package build.leash.app.dashboard.audit;

import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.app.audit.export.AuditLog;
import build.leash.app.audit.export.EventFilter;
import build.leash.app.audit.export.EventJson;
import build.leash.app.audit.ledger.Checkpoint;
import build.leash.app.audit.ledger.Hash;
import build.leash.app.audit.ledger.ProofCheck;
import build.leash.app.audit.ledger.SignedNote;
import build.leash.app.dashboard.activity.Names;
import build.leash.app.dashboard.page.Form;
import build.leash.app.eventstore.EventCatalogue;
import build.leash.app.web.error.ErrorCode;
import build.leash.access.api.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The event log: its events by filters, and one event with its proof. */
@Controller
@RequestMapping(LogPages.PATH)
class LogPages {

    static final String PATH = "/dashboard/organization/audit";
    static final int PER_PAGE = 50;

    private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final List<String> FIELDS = List.of("actor", "server", "type", "from", "to");

    private final AuditLog log;
    private final Names names;
    private final List<String> types;

    LogPages(AuditLog log, Names names, EventCatalogue catalogue) {
        this.log = log;
        this.names = names;
        this.types = catalogue.events().stream().map(catalogue::nameOf).sorted().toList();
    }

    /** @param position in the ledger; null for the second or two before it is sealed */
    record Row(String id, @Nullable Long position, Instant time, String type, String actor, String who,
            String subject) {}

    /** @param size of the ledger; null if nobody who is trusted signed it */
    record Checked(boolean holds, @Nullable Long size) {}

    @GetMapping
    String list(Caller caller, Form form, Model model) {
        Filters filters = new Filters(PATH, form, FIELDS);
        EventFilter filter = new EventFilter(filters.text("actor"), filters.text("server"), filters.text("type"),
                filters.time("from"), filters.time("to"));
        Page<EventJson> page = log.list(caller, filter, new PageRequest(filters.after(), PER_PAGE));
        List<String> actors = page.items().stream().map(event -> text(event.actor())).distinct().toList();
        Map<String, String> known = names.of(caller.organization(), actors);
        model.addAttribute("events", page.items().stream().map(event -> row(event, known)).toList())
                .addAttribute("types", types).addAttribute("form", form).addAttribute("next", filters.next(page.next()))
                .addAttribute("filtered", filters.isAny());
        return "audit/log";
    }

    @GetMapping("/events/{id}")
    String event(Caller caller, Model model, @PathVariable String id) {
        EventJson.Proven proven = log.prove(caller, parsed(id));
        JsonNode metadata = PRETTY.readTree(proven.event().metadata());
        model.addAttribute("proven", proven).addAttribute("checked", check(proven))
                .addAttribute("when", Instant.parse(proven.event().time()))
                .addAttribute("who", names.of(caller.organization(), text(metadata.get("actor"))))
                .addAttribute("payload", PRETTY.writeValueAsString(PRETTY.readTree(proven.event().payload())))
                .addAttribute("metadata", PRETTY.writeValueAsString(metadata));
        return "audit/event";
    }

    private Checked check(EventJson.Proven proven) {
        try {
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.open(proven.checkpoint(), log.trustedKeys()));
            List<Hash> path = proven.path().stream().map(Hash::ofBase64).toList();
            return new Checked(ProofCheck.includes(proven.event().hash(), proven.position(), checkpoint.size(), path,
                    checkpoint.root()), checkpoint.size());
        } catch (IllegalArgumentException e) {
            return new Checked(false, null);
        }
    }

    private static Row row(EventJson event, Map<String, String> known) {
        String actor = text(event.actor());
        return new Row(event.id(), event.position(), Instant.parse(event.time()), event.type(), actor,
                known.getOrDefault(actor, actor), event.data().path("slug").asString(""));
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "" : node.asString("");
    }

    private static UUID parsed(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Rejected(ErrorCode.NOT_FOUND, "The organization has no event of this id.");
        }
    }
}
