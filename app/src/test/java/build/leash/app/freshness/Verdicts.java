package build.leash.app.freshness;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** How many answers of which status were right, and what was wrong. */
final class Verdicts {

    private final Map<Integer, LongAdder> right = new ConcurrentHashMap<>();
    private final Collection<String> wrong = new ConcurrentLinkedQueue<>();

    void right(int status) {
        right.computeIfAbsent(status, s -> new LongAdder()).increment();
    }

    void wrong(String what) {
        wrong.add(what);
    }

    boolean allRight() {
        return wrong.isEmpty();
    }

    Collection<String> wrong() {
        return wrong;
    }

    /** Right answers that say something: all but 503, which is always allowed. */
    long judged() {
        return right.entrySet().stream().filter(status -> status.getKey() != 503)
                .mapToLong(status -> status.getValue().sum()).sum();
    }

    Map<Integer, Long> byStatus() {
        Map<Integer, Long> counts = new TreeMap<>();
        right.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }
}
