package build.leash.app.freshness;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.billing.api.Plan;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks whichever node for whatever server with whatever key, and compares each answer with what was acknowledged. */
final class Fetcher implements Runnable {

    private final List<Place> tenants;
    private final Supplier<LeashClient> anyNode;
    private final Random random;
    private final BooleanSupplier goesOn;
    private final AtomicInteger judged;
    private final Collection<String> violations;

    Fetcher(List<Place> tenants, Supplier<LeashClient> anyNode, Random random, BooleanSupplier goesOn,
            AtomicInteger judged, Collection<String> violations) {
        this.tenants = tenants;
        this.anyNode = anyNode;
        this.random = random;
        this.goesOn = goesOn;
        this.judged = judged;
        this.violations = violations;
    }

    @Override
    public void run() {
        while (goesOn.getAsBoolean()) {
            fetch(tenants.get(random.nextInt(tenants.size())).tenant());
        }
    }

    private void fetch(Tenant tenant) {
        Tenant.Server server = tenant.server(random);
        Tenant.Key key = tenant.key(random);
        int tokenMark = server.token().mark();
        int keyMark = key.inForce().mark();
        int planMark = tenant.plan().mark();
        LeashAnswer answer = ask(server.slug(), key.value());
        if (answer == null || answer.status() == 503) {
            return;
        }
        boolean keyHeld = key.inForce().wasSince(keyMark, inForce -> inForce);
        boolean planHeld = tenant.plan().wasSince(planMark, plan -> plan != Plan.STARTER);
        boolean right = switch (answer.status()) {
            case 200 -> keyHeld && planHeld && server.token().wasSince(tokenMark, tokenOf(answer)::equals);
            case 401 -> key.inForce().wasSince(keyMark, inForce -> !inForce);
            case 402 -> keyHeld && tenant.plan().wasSince(planMark, plan -> plan == Plan.STARTER);
            case 404 -> keyHeld && planHeld && server.token().wasSince(tokenMark, Optional::isEmpty);
            default -> false;
        };
        boolean nobodyKnows = server.token().isUncertain() || key.inForce().isUncertain()
                || tenant.plan().isUncertain();
        if (!nobodyKnows) {
            judged.incrementAndGet();
            if (!right) {
                violations.add(answer.status() + " for " + server.slug() + ": " + answer.text());
            }
        }
    }

    private LeashAnswer ask(String slug, String key) {
        try {
            return anyNode.get().get("/api/integrations/mcp-config/" + slug).key(key).send();
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private static Optional<String> tokenOf(LeashAnswer answer) {
        return Optional.of(answer.json().at("/data/headers/Authorization").stringValue()
                .substring("Bearer ".length()));
    }
}
