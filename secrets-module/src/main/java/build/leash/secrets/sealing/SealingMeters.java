package build.leash.secrets.sealing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What this room counts. No tag ever names an organization, a secret or a key. */
final class SealingMeters {

    private final MeterRegistry registry;
    private final Counter hits;
    private final Counter misses;
    private final Counter servedInGrace;
    private final Counter refreshes;

    SealingMeters(MeterRegistry registry) {
        this.registry = registry;
        this.hits = lookUps("hit");
        this.misses = lookUps("miss");
        this.servedInGrace = lookUps("grace");
        this.refreshes = Counter.builder("leash.secrets.data.key.refreshes")
                .description("Data keys in use that KMS confirmed ahead of their age").register(registry);
    }

    /** A key was in memory, and fresh. */
    void hit() {
        hits.increment();
    }

    /** KMS has to be asked while somebody waits. */
    void miss() {
        misses.increment();
    }

    /** A key was in memory and too old, but KMS gives no answer. */
    void servedInGrace() {
        servedInGrace.increment();
    }

    /** KMS confirmed a key while it went on serving. */
    void refreshed() {
        refreshes.increment();
    }

    /** The alert: something stored is not what was sealed, or its key is refused. */
    void didNotOpen(String reason) {
        Counter.builder("leash.secrets.not.opened").description("Sealed secrets that did not open")
                .tag("reason", reason)
                .register(registry).increment();
    }

    private Counter lookUps(String result) {
        return Counter.builder("leash.secrets.data.key.lookups").description("Look-ups of unwrapped data keys")
                .tag("result", result).register(registry);
    }
}
