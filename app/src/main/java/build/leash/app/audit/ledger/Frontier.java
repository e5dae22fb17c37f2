package build.leash.app.audit.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A tree that grows at its right edge, kept as the roots of the perfect subtrees that it is made of: at most one per
 * bit of its size, whatever that is. Not safe for use by several threads.
 */
public final class Frontier {

    private final List<Hash> hashes;
    private long size;

    public Frontier() {
        this(0, List.of());
    }

    /** @param hashes from the largest subtree to the smallest, one for each bit that is set in the size */
    public Frontier(long size, List<Hash> hashes) {
        if (Long.bitCount(size) != hashes.size()) {
            throw new IllegalArgumentException("A tree of " + size + " leaves is not made of " + hashes.size());
        }
        this.size = size;
        this.hashes = new ArrayList<>(hashes);
    }

    public long size() {
        return size;
    }

    public List<Hash> hashes() {
        return List.copyOf(hashes);
    }

    /**
     * Adds a perfect subtree, of one leaf or more.
     *
     * @param completed is told every larger subtree that this completes
     * @throws IllegalArgumentException if it does not begin where the tree ends
     */
    public void append(Subtree subtree, Hash hash, BiConsumer<Subtree, Hash> completed) {
        if (subtree.first() != size) {
            throw new IllegalArgumentException("The tree ends at " + size + ", not at " + subtree.first());
        }
        Subtree grown = subtree;
        Hash root = hash;
        while (grown.isRight()) {
            root = Hash.ofNode(hashes.removeLast(), root);
            grown = grown.parent();
            completed.accept(grown, root);
        }
        hashes.add(root);
        size = subtree.end();
    }

    public void append(Subtree subtree, Hash hash) {
        append(subtree, hash, (larger, root) -> {});
    }

    public Hash root() {
        if (hashes.isEmpty()) {
            return Hash.ofNothing();
        }
        Hash root = hashes.getLast();
        for (int i = hashes.size() - 2; i >= 0; i--) {
            root = Hash.ofNode(hashes.get(i), root);
        }
        return root;
    }
}
