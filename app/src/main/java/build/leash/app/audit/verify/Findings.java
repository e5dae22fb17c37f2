package build.leash.app.audit.verify;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with an export, one line each; the first ones in full, of the others only how many there are. */
final class Findings {

    static final int MAX_LISTED = 100;

    private final List<String> listed = new ArrayList<>();
    private long count;

    void add(String finding) {
        count++;
        if (listed.size() < MAX_LISTED) {
            listed.add(finding);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(listed);
        if (count > listed.size()) {
            lines.add("and " + (count - listed.size()) + " more");
        }
        return lines;
    }
}
