package build.leash.secrets.kms.emulator;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How often the emulator was called, and what for. */
public final class CallCounts {

    private final LongAdder all = new LongAdder();
    private final ConcurrentMap<String, LongAdder> byKey = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> byVersion = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();

    /** All calls, also those that failed. */
    public long all() {
        return all.sum();
    }

    /** Calls about one key, also those that failed. */
    public long ofKey(String keyName) {
        return sum(byKey, keyName);
    }

    /** Encryptions and decryptions that one version of a key did. */
    public long ofVersion(String keyName, String version) {
        return sum(byVersion, keyName + "/cryptoKeyVersions/" + version);
    }

    /** How many calls were under way at once at most. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    void begins(String keyName) {
        all.increment();
        byKey.computeIfAbsent(keyName, name -> new LongAdder()).increment();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    }

    void ends() {
        underWay.decrementAndGet();
    }

    void uses(String version) {
        byVersion.computeIfAbsent(version, name -> new LongAdder()).increment();
    }

    private static long sum(ConcurrentMap<String, LongAdder> counts, String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }
}
