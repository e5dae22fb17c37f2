package build.leash.app.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static final int MAX_SIZE = 40;

    /** The leaves and roots by which the Certificate Transparency project tests its trees. */
    private static final List<String> LEAVES = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void hasTheRootsThatRfc6962Wants() {
        Frontier tree = new Frontier();
        assertThat(HexFormat.of().formatHex(tree.root().bytes())).startsWith("e3b0c44298fc1c149afbf4c8996fb924");
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.append(Subtree.leaf(i), Hash.ofLeaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertThat(HexFormat.of().formatHex(tree.root().bytes())).as("size %d", i + 1).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void isTheSameWhenGrownBySubtrees() {
        for (long size = 1; size <= MAX_SIZE; size++) {
            for (long split = 1; split < size; split++) {
                Frontier bySubtrees = new Frontier();
                for (long to : new long[]{split, size}) {
                    while (bySubtrees.size() < to) {
                        Subtree subtree = Subtree.largest(bySubtrees.size(), to);
                        bySubtrees.append(subtree, perfect(subtree));
                    }
                }
                assertThat(bySubtrees.root()).isEqualTo(root(size));
            }
        }
    }

    @Test
    void provesEveryLeafInEveryTreeAndNoOther() {
        Proofs proofs = new Proofs(MerkleTreeTest::perfect);
        for (long size = 1; size <= MAX_SIZE; size++) {
            for (long position = 0; position < size; position++) {
                List<Hash> path = proofs.inclusion(position, size);
                assertThat(ProofCheck.includes(leaf(position), position, size, path, root(size))).isTrue();
                assertThat(ProofCheck.includes(leaf(position + 1), position, size, path, root(size))).isFalse();
                assertThat(ProofCheck.includes(leaf(position), position, size, path, root(size + 1))).isFalse();
                List<Hash> longer = Stream.concat(path.stream(), Stream.of(leaf(0))).toList();
                assertThat(ProofCheck.includes(leaf(position), position, size, longer, root(size))).isFalse();
            }
        }
    }

    @Test
    void provesThatEveryTreeIsTheBeginningOfEveryLargerOneAndOfNoOther() {
        Proofs proofs = new Proofs(MerkleTreeTest::perfect);
        for (long larger = 1; larger <= MAX_SIZE; larger++) {
            for (long smaller = 1; smaller <= larger; smaller++) {
                List<Hash> proof = proofs.consistency(smaller, larger);
                assertThat(ProofCheck.isConsistent(smaller, root(smaller), larger, root(larger), proof)).isTrue();
                assertThat(ProofCheck.isConsistent(smaller, leaf(99), larger, root(larger), proof)).isFalse();
                assertThat(ProofCheck.isConsistent(smaller, root(smaller), larger, leaf(99), proof)).isFalse();
            }
        }
    }

    private static Hash leaf(long position) {
        return Hash.ofLeaf(new byte[]{(byte) position});
    }

    private static Hash perfect(Subtree subtree) {
        int below = subtree.level() - 1;
        return below < 0
                ? leaf(subtree.index())
                : Hash.ofNode(perfect(new Subtree(below, subtree.index() * 2)),
                        perfect(new Subtree(below, subtree.index() * 2 + 1)));
    }

    private static Hash root(long size) {
        Frontier tree = new Frontier();
        LongStream.range(0, size).forEach(position -> tree.append(Subtree.leaf(position), leaf(position)));
        return tree.root();
    }
}
