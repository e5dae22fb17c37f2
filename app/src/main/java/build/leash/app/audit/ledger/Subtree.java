package build.leash.app.audit.ledger;

/**
 * A perfect subtree: the 2<sup>level</sup> leaves from {@code index} · 2<sup>level</sup> on.
 *
 * @param level 0 for a single leaf
 */
public record Subtree(int level, long index) {

    private static final int MAX_LEVEL = 62;

    public Subtree {
        if (level < 0 || level > MAX_LEVEL || index < 0 || index > Long.MAX_VALUE >> level) {
            throw new IllegalArgumentException("There is no such subtree.");
        }
    }

    public static Subtree leaf(long position) {
        return new Subtree(0, position);
    }

    /** The largest perfect subtree that begins at a leaf and ends before another one. */
    public static Subtree largest(long from, long to) {
        int aligned = from == 0 ? MAX_LEVEL : Long.numberOfTrailingZeros(from);
        int fitting = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - from);
        int level = Math.min(aligned, fitting);
        return new Subtree(level, from >> level);
    }

    public long first() {
        return index << level;
    }

    public long size() {
        return 1L << level;
    }

    /** The position after its last leaf. */
    public long end() {
        return first() + size();
    }

    boolean isRight() {
        return (index & 1) == 1;
    }

    Subtree parent() {
        return new Subtree(level + 1, index >> 1);
    }
}
