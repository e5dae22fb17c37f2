package build.leash.app.audit.ledger;

import java.util.Iterator;
import java.util.List;

/** Checks inclusion and consistency proofs, by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2. */
public final class ProofCheck {

    private ProofCheck() {}

    /** Whether the leaf stands at this position in the tree of this size and root. */
    public static boolean includes(Hash leaf, long position, long size, List<Hash> path, Hash root) {
        if (position < 0 || position >= size) {
            return false;
        }
        long node = position;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.ofNode(sibling, hash);
                int up = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= up;
                last >>= up;
            } else {
                hash = Hash.ofNode(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** Whether the smaller tree is the beginning of the larger one. */
    public static boolean isConsistent(long smaller, Hash smallerRoot, long larger, Hash largerRoot,
            List<Hash> proof) {
        if (smaller < 1 || smaller > larger) {
            return false;
        }
        if (smaller == larger) {
            return proof.isEmpty() && smallerRoot.equals(largerRoot);
        }
        int up = Long.numberOfTrailingZeros(smaller);
        long node = (smaller - 1) >> up;
        long last = (larger - 1) >> up;
        Iterator<Hash> hashes = proof.iterator();
        boolean isPowerOfTwo = Long.bitCount(smaller) == 1;
        if (!isPowerOfTwo && !hashes.hasNext()) {
            return false;
        }
        Hash first = isPowerOfTwo ? smallerRoot : hashes.next();
        Hash ofSmaller = first;
        Hash ofLarger = first;
        while (hashes.hasNext()) {
            Hash sibling = hashes.next();
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                ofSmaller = Hash.ofNode(sibling, ofSmaller);
                ofLarger = Hash.ofNode(sibling, ofLarger);
                int skip = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= skip;
                last >>= skip;
            } else {
                ofLarger = Hash.ofNode(ofLarger, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && ofSmaller.equals(smallerRoot) && ofLarger.equals(largerRoot);
    }
}
