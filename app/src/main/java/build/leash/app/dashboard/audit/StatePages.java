package build.leash.app.dashboard.audit;

import build.leash.access.api.Caller;
import build.leash.app.audit.asof.Changes;
import build.leash.app.audit.replay.OrganizationReplay;
import build.leash.app.dashboard.page.Form;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.JsonNode;

/** The organization as it stood at a moment, or what changed between two. */
@Controller
class StatePages {

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final OrganizationReplay replay;
    private final Clock clock;

    StatePages(OrganizationReplay replay, Clock clock) {
        this.replay = replay;
        this.clock = clock;
    }

    /** Rows of one kind. */
    record Group(String title, List<Row> rows) {}

    /** @param sign of a change: {@code added} or {@code removed}; empty in a state */
    record Row(String sign, Map<String, String> fields) {}

    @GetMapping(LogPages.PATH + "/state")
    String show(Caller caller, Form form, Model model) {
        Filters filters = new Filters(LogPages.PATH + "/state", form, List.of("from", "at"));
        Instant given = filters.time("at");
        Instant at = given == null ? clock.instant() : given;
        Instant from = filters.time("from");
        Map<String, List<JsonNode>> state = replay.stateAsOf(caller, at);
        List<Group> groups = from == null
                ? groups(Map.of(), state, "")
                : changed(Changes.between(replay.stateAsOf(caller, from), state));
        model.addAttribute("groups", groups).addAttribute("at", at).addAttribute("from", from)
                .addAttribute("atField", field(at)).addAttribute("fromField", from == null ? "" : field(from));
        return "audit/state";
    }

    private static List<Group> changed(Changes changes) {
        return groups(changes.removed(), changes.added(), "added");
    }

    private static List<Group> groups(Map<String, List<JsonNode>> removed, Map<String, List<JsonNode>> present,
            String sign) {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        removed.forEach((subject, of) -> of.forEach(
                row -> rows.computeIfAbsent(subject, name -> new ArrayList<>()).add(new Row("removed", fields(row)))));
        present.forEach((subject, of) -> of.forEach(
                row -> rows.computeIfAbsent(subject, name -> new ArrayList<>()).add(new Row(sign, fields(row)))));
        return rows.entrySet().stream().map(entry -> new Group(words(entry.getKey()), entry.getValue())).toList();
    }

    private static Map<String, String> fields(JsonNode row) {
        Map<String, String> fields = new LinkedHashMap<>();
        row.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                fields.put(words(field.getKey()),
                        field.getValue().isString() ? field.getValue().stringValue() : field.getValue().toString());
            }
        });
        return fields;
    }

    /** {@code apiKeys} in words. */
    private static String words(String name) {
        return CAPITAL.matcher(name).replaceAll(match -> " " + match.group().toLowerCase(Locale.ROOT));
    }

    private static String field(Instant instant) {
        return FIELD.format(instant.atOffset(ZoneOffset.UTC));
    }
}
