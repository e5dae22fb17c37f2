package build.leash.config.lookup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** How often hand-offs were answered from where: {@code leash_hand_off_views_total{from=…}}. */
final class ReadCounts {

    private final Counter memory;
    private final Counter stale;
    private final Counter database;

    ReadCounts(MeterRegistry meters, Memory held) {
        this.memory = counter(meters, "memory");
        this.stale = counter(meters, "stale-memory");
        this.database = counter(meters, "database");
        meters.gauge("leash.hand.off.memory.bytes", held, Memory::weight);
    }

    void fromMemory(Duration age) {
        (age.isZero() ? memory : stale).increment();
    }

    void read() {
        database.increment();
    }

    private static Counter counter(MeterRegistry meters, String from) {
        return Counter.builder("leash.hand.off.views").tag("from", from).register(meters);
    }
}
