package build.leash.app.dashboard.imports;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.web.error.Violation;
import build.leash.app.web.organization.McpServerRequests;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RegistryRejection;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Importing in two steps: see what would be registered, then confirm. What was pasted stays in the browser in between,
 * and is never sent back: it can hold tokens.
 */
@Controller
@RequestMapping("/dashboard/organization/import")
class ImportPages {

    private static final int UNPROCESSABLE = 422;

    private final McpServers servers;

    ImportPages(McpServers servers) {
        this.servers = servers;
    }

    /** What became of one server. */
    public record Result(String slug, String problem) {}

    @GetMapping
    String form(Caller caller) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        return "fragments/imports :: form";
    }

    @PostMapping("/preview")
    String preview(HttpServletResponse response, Caller caller, Form form, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        try {
            model.addAttribute("candidates", judged(caller, form)).addAttribute("problem", null);
        } catch (InvalidValue e) {
            response.setStatus(UNPROCESSABLE);
            model.addAttribute("candidates", List.of()).addAttribute("problem", e.whatIsAllowed());
        }
        return "fragments/imports :: preview";
    }

    @PostMapping
    String confirm(HttpServletResponse response, Caller caller, Form form, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        Set<String> chosen = Set.copyOf(form.all("slug"));
        List<Result> results = new ArrayList<>();
        try {
            for (Candidate candidate : judged(caller, form)) {
                boolean wanted = candidate.problem() == null && chosen.contains(candidate.slug());
                if (wanted && !register(caller, candidate, results)) {
                    break;
                }
            }
        } catch (InvalidValue e) {
            results.add(new Result("", e.whatIsAllowed()));
        }
        if (results.isEmpty()) {
            results.add(new Result("", "No server was chosen, so nothing was changed."));
        }
        if (results.stream().noneMatch(result -> result.problem().isEmpty())) {
            response.setStatus(UNPROCESSABLE);
        }
        Outcome.shown(response, Topic.SERVERS, Topic.ACTIVITY);
        model.addAttribute("results", results);
        return "fragments/imports :: done";
    }

    /** Whether to go on with the next one. What was registered before is told in any case. */
    private boolean register(Caller caller, Candidate candidate, List<Result> results) {
        try {
            servers.register(caller, McpServerRequests.registration(candidate.registration()));
            results.add(new Result(candidate.slug(), ""));
            return true;
        } catch (Rejected e) {
            boolean onlyThisOne = e.rejection() == RegistryRejection.SLUG_TAKEN;
            results.add(new Result(candidate.slug(),
                    onlyThisOne ? e.sentence() : e.sentence() + " Nothing after it was tried."));
            return onlyThisOne;
        }
    }

    /** What was pasted, with what the rules say about each, and the tokens that were typed beside it. */
    private List<Candidate> judged(Caller caller, Form form) {
        List<Candidate> candidates = PastedServers.read(form.secret("pasted"));
        Set<String> slugs = new HashSet<>();
        for (Candidate candidate : candidates) {
            if (candidate.wantsToken() && !form.secret("token-" + candidate.slug()).isEmpty()) {
                candidate.bearer(form.secret("token-" + candidate.slug()));
            }
            if (candidate.problem() == null) {
                judge(caller, candidate, slugs);
            }
        }
        return candidates;
    }

    private void judge(Caller caller, Candidate candidate, Set<String> slugs) {
        try {
            Registration registration = McpServerRequests.registration(candidate.registration());
            if (!slugs.add(candidate.slug())) {
                candidate.refused("Another server in here has the same slug.");
            } else if (servers.find(caller, registration.slug()).isPresent()) {
                candidate.refused("The slug is taken by a server of the organization.");
            }
        } catch (InvalidRequest e) {
            candidate.refused(e.violations().stream().map(Violation::message).distinct()
                    .collect(Collectors.joining(" ")));
        }
    }
}
