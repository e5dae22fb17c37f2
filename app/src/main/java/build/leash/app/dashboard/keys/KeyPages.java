package build.leash.app.dashboard.keys;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.secrets.api.Apps;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** API keys: the list, creating one, which shows its value once, and revoking one. */
@Controller
@RequestMapping("/dashboard/organization/keys")
class KeyPages {

    private static final int UNPROCESSABLE = 422;

    private final ApiKeys keys;
    private final KeysCard card;
    private final Apps apps;
    private final Clock clock;

    KeyPages(ApiKeys keys, KeysCard card, Apps apps, Clock clock) {
        this.keys = keys;
        this.card = card;
        this.apps = apps;
        this.clock = clock;
    }

    @GetMapping
    String list(Caller caller, Model model, @RequestParam(required = false) @Nullable String after) {
        card.addTo(model, caller, after);
        return "fragments/keys :: list";
    }

    @GetMapping("/new")
    String form(Caller caller, Form form, Model model) {
        caller.mustBeAllowedTo(Permission.MANAGE_API_KEYS);
        model.addAttribute("form", form).addAttribute("errors", Map.of());
        return "fragments/keys :: create";
    }

    @PostMapping
    String create(HttpServletResponse response, Caller caller, Form form, Model model) {
        caller.mustBeAllowedTo(Permission.MANAGE_API_KEYS);
        Map<String, String> errors = new LinkedHashMap<>();
        ApiKeyKind kind = form.text("kind").equals("management") ? ApiKeyKind.MANAGEMENT : ApiKeyKind.APP;
        DisplayName name = check(errors, "name", () -> DisplayName.of(form.text("name")));
        Role role = kind == ApiKeyKind.APP ? null : check(errors, "role", () -> Role.of(form.text("role")));
        List<Slug> slugs = kind == ApiKeyKind.APP && form.has("slugs")
                ? check(errors, "slugs", () -> slugs(form.text("slugs")))
                : null;
        Instant expiresAt = form.has("expires") ? check(errors, "expires", () -> endOf(form.text("expires"))) : null;
        AppName app = kind == ApiKeyKind.APP && form.has("app")
                ? check(errors, "app", () -> AppName.of(form.text("app")))
                : null;
        if (app != null) {
            apps.mustHave(caller, app);
        }
        ApiKeyRequest request = name == null || !errors.isEmpty()
                ? null
                : check(errors, "slugs", () -> new ApiKeyRequest(kind, name, role, slugs, expiresAt, app));
        if (request == null) {
            response.setStatus(UNPROCESSABLE);
            model.addAttribute("form", form).addAttribute("errors", errors);
            return "fragments/keys :: create";
        }
        ApiKeys.Issued issued = keys.issue(caller, request);
        Outcome.shown(response, Topic.KEYS, Topic.ACTIVITY);
        model.addAttribute("name", issued.key().name()).addAttribute("value", issued.plain().reveal());
        return "fragments/keys :: created";
    }

    @GetMapping("/{id}/revoke")
    String revoke(Caller caller, Model model, @PathVariable String id) {
        caller.mustBeAllowedTo(Permission.MANAGE_API_KEYS);
        ApiKeyId key = parsed(id);
        String name = keys.names(caller.organization(), List.of(key)).get(key);
        if (name == null) {
            throw unknown();
        }
        model.addAttribute("id", id).addAttribute("name", name);
        return "fragments/keys :: revoke";
    }

    @PostMapping("/{id}/revoke")
    void revokeNow(HttpServletResponse response, Caller caller, @PathVariable String id) {
        keys.revoke(caller, parsed(id));
        Outcome.done(response, "Revoked the key. No request with it is answered any more.", Topic.KEYS,
                Topic.ACTIVITY);
    }

    private static <T> @Nullable T check(Map<String, String> errors, String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValue e) {
            errors.put(field, e.whatIsAllowed());
            return null;
        }
    }

    private static List<Slug> slugs(String text) {
        return Arrays.stream(text.split("[\\s,]+")).filter(slug -> !slug.isEmpty()).map(Slug::of).toList();
    }

    /** A key works until its last day is over, in UTC. */
    private Instant endOf(String date) {
        try {
            Instant end = LocalDate.parse(date).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (end.isAfter(clock.instant())) {
                return ApiKeyRequest.expiry(end);
            }
        } catch (DateTimeParseException e) {
            // told below, in one sentence with the other rule
        }
        throw new InvalidValue("The last day is today or later.");
    }

    private static ApiKeyId parsed(String id) {
        try {
            return ApiKeyId.of(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Rejected unknown() {
        return new Rejected(AccessRejection.UNKNOWN_API_KEY, "There is no such API key in force.");
    }
}
