package build.leash.app.audit.ledger;

import build.leash.app.audit.ledger.StoredLedger.StoredCheckpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the ledger: checkpoints and proofs. What it proves has to be checked elsewhere, with a key got elsewhere. */
public final class Ledger {

    private final StoredLedger stored;
    private final SigningKey key;
    private final LedgerKeys keys;

    Ledger(StoredLedger stored, SigningKey key, LedgerKeys keys) {
        this.stored = stored;
        this.key = key;
        this.keys = keys;
    }

    /** A checkpoint of a tree of this size, as a signed note. */
    public record SignedCheckpoint(long size, String note, Instant createdAt) {}

    /** The name of this log in checkpoints. */
    public String origin() {
        return key.name();
    }

    /** The key that checks this node's signatures, in the notation of C2SP signed-note. */
    public String verifierKey() {
        return key.verifier().toString();
    }

    /** The keys that checkpoints of this ledger were signed with, as this node was told. */
    public List<VerifierKey> trustedKeys() {
        return keys.trusted();
    }

    public Optional<SignedCheckpoint> latestCheckpoint() {
        return stored.latestCheckpoint().map(Ledger::signed);
    }

    /** The latest first. */
    public List<SignedCheckpoint> latestCheckpoints(int limit) {
        return stored.latestCheckpoints(limit).stream().map(Ledger::signed).toList();
    }

    public Optional<SignedCheckpoint> checkpoint(long size) {
        return stored.checkpoint(size).map(Ledger::signed);
    }

    /** Checkpoints of more leaves than the first number and at most as many as the second, from the smallest on. */
    public List<SignedCheckpoint> checkpoints(long after, long upTo, int limit) {
        return stored.checkpoints(after, upTo, limit).stream().map(Ledger::signed).toList();
    }

    public List<Hash> inclusion(long position, long size) {
        return proofs().inclusion(position, size);
    }

    public List<Hash> consistency(long smaller, long larger) {
        return proofs().consistency(smaller, larger);
    }

    /** The hash of a perfect subtree that is complete. */
    public Hash subtree(Subtree subtree) {
        return stored.subtree(subtree, Sealing.LEVELS_PER_STORED);
    }

    private Proofs proofs() {
        return new Proofs(this::subtree);
    }

    private static SignedCheckpoint signed(StoredCheckpoint checkpoint) {
        return new SignedCheckpoint(checkpoint.size(), checkpoint.note(), checkpoint.createdAt());
    }
}
