package build.leash.app.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a thing was made to be, one change after the other, by the one writer that it has. */
final class History<S> {

    private final List<S> states = new ArrayList<>();
    private int acknowledged;
    private boolean uncertain;

    History(S first) {
        states.add(first);
    }

    synchronized S current() {
        return states.getLast();
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

    /** Nobody knows whether the change was made, or will be yet. */
    synchronized void lose() {
        uncertain = true;
    }

    synchronized boolean isUncertain() {
        return uncertain;
    }

    /** The place in the history that whoever asks now must have reached. */
    synchronized int mark() {
        return acknowledged;
    }

    /** Whether one of the states from that mark on is like this. */
    synchronized boolean wasSince(int mark, Predicate<S> like) {
        return states.subList(mark, states.size()).stream().anyMatch(like);
    }
}
