package build.leash.app.audit.verify;

import build.leash.app.audit.ledger.Checkpoint;
import build.leash.app.audit.ledger.Frontier;
import build.leash.app.audit.ledger.Hash;
import build.leash.app.audit.ledger.Subtree;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Grows the tree again and compares its root with the signed ones, wherever there is one. */
final class Roots {

    private final Findings findings;
    private final TreeMap<Long, Checkpoint> outside = new TreeMap<>();
    private Frontier tree = new Frontier();
    private boolean isWhole = true;
    private boolean isOther;
    private long agreed;
    private long agreedOutside;

    Roots(List<Checkpoint> checkpoints, Findings findings) {
        this.findings = findings;
        checkpoints.forEach(this::expect);
    }

    long size() {
        return tree.size();
    }

    void append(Subtree subtree, Hash hash) {
        tree.append(subtree, hash);
        Checkpoint expected = outside.remove(tree.size());
        if (expected != null && agrees(expected, agreedOutside)) {
            agreedOutside = expected.size();
        }
    }

    /** Goes on behind a gap. From there on no root can be computed. */
    void skipTo(long position) {
        isWhole = false;
        Hash unknown = Hash.ofNothing();
        tree = new Frontier(position, Collections.nCopies(Long.bitCount(position), unknown));
        outside.headMap(position, true).clear();
    }

    /** Compares the tree as it is with a checkpoint of its size that the export shows itself. */
    void compare(Checkpoint checkpoint) {
        agrees(checkpoint, agreed);
    }

    /**
     * @param since up to where everything is known to be as it was signed. What a checkpoint from outside contradicts,
     *            one of the export may confirm: a log that was put back to an older state and then went on is signed too
     */
    private boolean agrees(Checkpoint checkpoint, long since) {
        if (!isWhole || isOther) {
            return false;
        }
        if (tree.root().equals(checkpoint.root())) {
            agreed = checkpoint.size();
            return true;
        }
        isOther = true;
        findings.add("positions " + since + " to " + (checkpoint.size() - 1) + ": the ledger is not the one that was"
                + " signed in the checkpoint of " + checkpoint.size() + " events");
        return false;
    }

    /** What is left when the export ends. It ends with a checkpoint, or what comes after the last one is anybody's. */
    void end() {
        if (isWhole && !isOther && agreed < size()) {
            findings.add("positions " + agreed + " to " + (size() - 1) + ": covered by no checkpoint that is signed");
        }
        outside.values().stream().filter(checkpoint -> checkpoint.size() > size()).findFirst()
                .ifPresent(checkpoint -> findings.add("positions " + size() + " to " + (checkpoint.size() - 1)
                        + ": cut off; the checkpoint is of " + checkpoint.size() + " events, the export ends after "
                        + size()));
        outside.headMap(size(), true).values().forEach(checkpoint -> findings.add("position " + checkpoint.size()
                + ": the export does not show the tree of this size, so the checkpoint cannot be compared"));
    }

    private void expect(Checkpoint checkpoint) {
        Checkpoint other = outside.put(checkpoint.size(), checkpoint);
        if (other != null && !other.root().equals(checkpoint.root())) {
            findings.add("position " + (checkpoint.size() - 1) + ": two checkpoints of " + checkpoint.size()
                    + " events contradict each other");
        }
    }
}
