package build.leash.app.dashboard.encryption;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.secrets.api.EncryptionKeyView;
import build.leash.secrets.api.KeyOrigin;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/** What the card for the encryption key shows. */
final class EncryptionCard {

    private static final String RUNNING = "running";

    private EncryptionCard() {}

    /**
     * Work in the background.
     *
     * @param error in words; null if it gets on
     */
    public record Progress(String what, long done, long total, boolean running, @Nullable String error) {

        static Progress of(EncryptionKeyView.Job job) {
            return new Progress(named(job.kind()), job.done(), job.total(), job.state().equals(RUNNING),
                    job.error() == null ? null : words(job.error()));
        }
    }

    static void addTo(Model model, Caller caller, EncryptionKeyView view) {
        List<Progress> jobs = view.jobs().stream().filter(job -> !job.state().equals("superseded")).map(Progress::of)
                .toList();
        boolean shredded = view.state() == EncryptionKeyView.State.SHREDDED;
        model.addAttribute("key", view).addAttribute("jobs", jobs)
                .addAttribute("running", jobs.stream().anyMatch(Progress::running))
                .addAttribute("shredded", shredded).addAttribute("brought", isBrought(view))
                .addAttribute("problem", view.problem() == null ? null : words(view.problem()))
                .addAttribute("manages", caller.role().may(Permission.MANAGE_ENCRYPTION_KEY) && !shredded);
    }

    private static boolean isBrought(EncryptionKeyView view) {
        return view.key() != null && Objects.requireNonNull(view.key()).origin() == KeyOrigin.BROUGHT;
    }

    private static String named(String kind) {
        return switch (kind) {
            case "rewrap" -> "Wrapping the data keys anew";
            case "re-encrypt" -> "Sealing all secrets anew";
            case "destroy-keys" -> "Destroying the keys";
            default -> kind;
        };
    }

    /** {@code permission_denied} and the like. */
    private static String words(String code) {
        return code.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
