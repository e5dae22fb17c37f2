package build.leash.app.audit.ledger;

import build.leash.access.api.Rejected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets no node start that would sign with another key than the ledger was signed with. */
final class SigningKeyCheck implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyCheck.class);

    private final StoredLedger stored;
    private final LedgerKeys keys;
    private volatile boolean isRunning;

    SigningKeyCheck(StoredLedger stored, LedgerKeys keys) {
        this.stored = stored;
        this.keys = keys;
    }

    /** @throws IllegalStateException if the latest checkpoint is signed with an unknown key */
    @Override
    public void start() {
        try {
            stored.latestCheckpoint().ifPresent(keys::mustHaveSigned);
        } catch (Rejected e) {
            LOG.warn("Whether the ledger is signed with this node's key is looked at when the key is back: {}",
                    e.getMessage());
        }
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** Before anything is served. */
    @Override
    public int getPhase() {
        return 0;
    }
}
