package build.leash.app.audit.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2). */
public final class Proofs {

    private final Function<Subtree, Hash> perfect;

    /** @param perfect the hashes of the tree's perfect subtrees */
    public Proofs(Function<Subtree, Hash> perfect) {
        this.perfect = perfect;
    }

    /** What leads from the leaf at this position to the root of the tree of this size. */
    public List<Hash> inclusion(long position, long size) {
        if (position < 0 || position >= size) {
            throw new IllegalArgumentException("A tree of " + size + " leaves has none at " + position);
        }
        List<Hash> path = new ArrayList<>();
        path(position, 0, size, path);
        return path;
    }

    /** What shows that the smaller tree is the beginning of the larger one. */
    public List<Hash> consistency(long smaller, long larger) {
        if (smaller < 1 || smaller > larger) {
            throw new IllegalArgumentException("No consistency of " + smaller + " with " + larger);
        }
        List<Hash> proof = new ArrayList<>();
        subproof(smaller, 0, larger, true, proof);
        return proof;
    }

    private void path(long position, long from, long to, List<Hash> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (position < middle) {
            path(position, from, middle, path);
            path.add(hash(middle, to));
        } else {
            path(position, middle, to, path);
            path.add(hash(from, middle));
        }
    }

    private void subproof(long smaller, long from, long to, boolean isRootOfSmaller, List<Hash> proof) {
        if (smaller == to) {
            if (!isRootOfSmaller) {
                proof.add(hash(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (smaller <= middle) {
            subproof(smaller, from, middle, isRootOfSmaller, proof);
            proof.add(hash(middle, to));
        } else {
            subproof(smaller, middle, to, false, proof);
            proof.add(hash(from, middle));
        }
    }

    private Hash hash(long from, long to) {
        if (Subtree.largest(from, to).end() == to) {
            return perfect.apply(Subtree.largest(from, to));
        }
        long middle = from + split(to - from);
        return Hash.ofNode(hash(from, middle), hash(middle, to));
    }

    /** The largest power of two that is smaller. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
