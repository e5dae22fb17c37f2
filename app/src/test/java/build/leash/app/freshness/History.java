package build.leash.app.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a thing was made to be, one change after the other, by the one writer that it has.
 *
 * <p>
 * A change without an answer may have been made, or not, or be made yet. It is settled as soon as a later one is
 * acknowledged: both are made under the same lock in the database, and the node that did not answer has ended.
 */
final class History<S> {

    private final List<S> states = new ArrayList<>();
    private int acknowledged;

    History(S first) {
        states.add(first);
    }

    /** Before the change is asked for: from now on, others may see it. */
    synchronized void begin(S next) {
        states.add(next);
    }

    /** The change was acknowledged: from now on, nobody may see what was before. */
    synchronized void acknowledge() {
        acknowledged = states.size() - 1;
    }

    /** The change was turned down: it never was. */
    synchronized void refuse() {
        states.removeLast();
    }

    /** The place in the history that whoever asks now must have reached. */
    synchronized int mark() {
        return acknowledged;
    }

    /** Whether whoever asked at this mark may have seen such a state by now. */
    synchronized boolean mayBe(int mark, Predicate<S> like) {
        return states.subList(mark, states.size()).stream().anyMatch(like);
    }
}
