package build.leash.app.dashboard.encryption;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Organizations;
import build.leash.access.api.Permission;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.secrets.api.EncryptionKeys;
import build.leash.secrets.api.KmsHealth;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The encryption key: its state, rotating it, moving to another one, and shredding. The card loads by itself after the
 * page, which never waits for a key management service.
 */
@Controller
@RequestMapping("/dashboard/organization/encryption-key")
class EncryptionPages {

    private static final String FRAGMENTS = "fragments/encryption :: ";

    private final EncryptionKeys keys;
    private final KmsHealth kms;
    private final Organizations organizations;

    EncryptionPages(EncryptionKeys keys, KmsHealth kms, Organizations organizations) {
        this.keys = keys;
        this.kms = kms;
        this.organizations = organizations;
    }

    @GetMapping
    String show(Caller caller, Model model) {
        EncryptionCard.addTo(model, caller, keys.get(caller));
        return FRAGMENTS + "current";
    }

    @GetMapping("/rotate")
    String rotate(Caller caller) {
        caller.mustBeAllowedTo(Permission.MANAGE_ENCRYPTION_KEY);
        return FRAGMENTS + "rotate";
    }

    @PostMapping("/rotate")
    void rotateNow(HttpServletResponse response, Caller caller, Form form) {
        boolean dataKey = form.text("what").equals("data-key");
        if (dataKey) {
            keys.rotateDataKey(caller);
        } else {
            keys.rotateKey(caller);
        }
        Outcome.done(response, dataKey
                ? "A new data key is on its way. All secrets are sealed anew while everything is served."
                : "The key is being rotated, and its data keys wrapped anew, while everything is served.",
                Topic.ENCRYPTION, Topic.ACTIVITY);
    }

    @GetMapping("/change")
    String change(Caller caller, Form form, Model model) {
        caller.mustBeAllowedTo(Permission.MANAGE_ENCRYPTION_KEY);
        return changing(form, model, Map.of());
    }

    @PostMapping("/change")
    @Nullable
    String changeNow(HttpServletResponse response, Caller caller, Form form, Model model) {
        String provider = form.text("provider");
        try {
            if (form.has("keyName")) {
                keys.bring(caller, provider, form.text("keyName"));
            } else {
                keys.move(caller, provider);
            }
        } catch (InvalidValue e) {
            Outcome.refused(response);
            return changing(form, model, Map.of("keyName", e.whatIsAllowed()));
        }
        Outcome.done(response, "The organization has another key now. Its data keys are wrapped under it.",
                Topic.ENCRYPTION, Topic.ACTIVITY);
        return null;
    }

    @GetMapping("/shred")
    String shred(Caller caller, Model model) {
        caller.mustBeAllowedTo(Permission.MANAGE_ENCRYPTION_KEY);
        return shredding(caller, model, Map.of());
    }

    @PostMapping("/shred")
    @Nullable
    String shredNow(HttpServletResponse response, Caller caller, Form form, Model model) {
        try {
            keys.shred(caller, form.text("confirmation"));
        } catch (InvalidValue e) {
            Outcome.refused(response);
            return shredding(caller, model, Map.of("confirmation", e.whatIsAllowed()));
        }
        Outcome.done(response, "All secrets of the organization are gone, for ever.", Topic.ENCRYPTION,
                Topic.SERVERS, Topic.ACTIVITY);
        return null;
    }

    private String changing(Form form, Model model, Map<String, String> errors) {
        model.addAttribute("form", form).addAttribute("errors", errors).addAttribute("providers",
                kms.providers().stream().map(KmsHealth.Provider::name).toList());
        return FRAGMENTS + "change";
    }

    private String shredding(Caller caller, Model model, Map<String, String> errors) {
        model.addAttribute("name", organizations.name(caller.organization()).value()).addAttribute("errors", errors);
        return FRAGMENTS + "shred";
    }
}
