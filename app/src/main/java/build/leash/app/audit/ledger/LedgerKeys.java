package build.leash.app.audit.ledger;

import build.leash.app.audit.ledger.StoredLedger.StoredCheckpoint;
import java.util.ArrayList;
import java.util.List;

/** The key that this node signs checkpoints with, and those that it replaced. */
final class LedgerKeys {

    private final SigningKey key;
    private final List<VerifierKey> former;

    LedgerKeys(SigningKey key, List<VerifierKey> former) {
        this.key = key;
        this.former = List.copyOf(former);
    }

    /** @throws build.leash.access.api.Rejected if the key that signs is out of reach */
    List<VerifierKey> trusted() {
        List<VerifierKey> keys = new ArrayList<>(former);
        keys.addFirst(key.verifier());
        return keys;
    }

    /**
     * A ledger whose checkpoints are signed with this key and that, as nodes come by, proves nothing to anybody.
     *
     * @throws IllegalStateException if the checkpoint is signed with none of these keys
     * @throws build.leash.access.api.Rejected if the key that signs is out of reach
     */
    void mustHaveSigned(StoredCheckpoint checkpoint) {
        try {
            SignedNote.open(checkpoint.note(), trusted());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The ledger's checkpoint of " + checkpoint.size()
                    + " events is not signed with the key of this node, " + key.verifier() + ". Let all nodes share the"
                    + " key that leash.audit.signing-key or leash.audit.kms-signing-key names; if it was replaced, name"
                    + " the former one in leash.audit.former-keys.", e);
        }
    }
}
