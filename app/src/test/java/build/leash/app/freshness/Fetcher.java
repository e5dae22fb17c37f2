package build.leash.app.freshness;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks any node for any server with any key, and has each answer judged. */
final class Fetcher implements Runnable {

    private static final long NO_KEY_YET_NANOS = 1_000_000;

    private final List<Tenant> tenants;
    private final Supplier<LeashClient> anyNode;
    private final Random random;
    private final BooleanSupplier goesOn;
    private final Verdicts verdicts;

    Fetcher(List<Tenant> tenants, Supplier<LeashClient> anyNode, Random random, BooleanSupplier goesOn,
            Verdicts verdicts) {
        this.tenants = tenants;
        this.anyNode = anyNode;
        this.random = random;
        this.goesOn = goesOn;
        this.verdicts = verdicts;
    }

    @Override
    public void run() {
        while (goesOn.getAsBoolean()) {
            tenants.get(random.nextInt(tenants.size())).question(random).ifPresentOrElse(this::ask,
                    () -> LockSupport.parkNanos(NO_KEY_YET_NANOS));
        }
    }

    private void ask(Tenant.Question question) {
        LeashAnswer answer;
        try {
            answer = anyNode.get().get("/api/integrations/mcp-config/" + question.slug()).key(question.key()).send();
        } catch (UncheckedIOException nodeWasKilled) {
            return;
        }
        if (answer.status() == 503 || question.sight().allows(answer.status(), tokenOf(answer))) {
            verdicts.right(answer.status());
        } else {
            verdicts.wrong(answer.status() + " for " + question.slug() + ": " + answer.text());
        }
    }

    private static Optional<String> tokenOf(LeashAnswer answer) {
        return answer.status() == 200
                ? Optional
                        .of(answer.json().at("/data/headers/Authorization").stringValue().substring("Bearer ".length()))
                : Optional.empty();
    }
}
