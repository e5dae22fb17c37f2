package build.leash.app.audit.ledger;

import build.leash.app.audit.ledger.StoredLedger.StoredCheckpoint;
import build.leash.access.api.Rejected;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals committed events into the ledger, each second, and signs a checkpoint when it is due. One node at a time does it,
 * whichever comes first. An event that commits late is sealed late; the ledger's order is the order of sealing.
 */
public final class Sealing {

    /** Roots of every 2<sup>8</sup> leaves are stored, and of every 2<sup>8</sup> of those, and so on. */
    static final int LEVELS_PER_STORED = 8;
    /** Well below a second of work, so that a kill loses little and no statement runs into its time limit. */
    private static final int EVENTS_AT_ONCE = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final StoredLedger stored;
    private final TransactionTemplate transaction;
    private final SigningKey key;
    private final LedgerKeys keys;
    private final LedgerSettings settings;
    private final Clock clock;

    Sealing(StoredLedger stored, TransactionTemplate transaction, SigningKey key, LedgerKeys keys,
            LedgerSettings settings, Clock clock) {
        this.stored = stored;
        this.transaction = transaction;
        this.key = key;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void sealWhatIsCommitted() {
        try {
            while (sealSome() == EVENTS_AT_ONCE) {
                LOG.debug("Sealed {} events", EVENTS_AT_ONCE);
            }
            Frontier tree = stored.tree();
            if (isDue(tree)) {
                sign(tree);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Events cannot be sealed now: {}", e.getClass().getSimpleName());
        } catch (Rejected e) {
            LOG.warn("No checkpoint can be signed now: {}", e.getMessage());
        }
    }

    /**
     * Seals everything that is committed, signs a checkpoint of it and answers that. For whoever cannot wait.
     *
     * @throws Rejected if something is new and the key that signs is out of reach
     * @throws IllegalStateException if something is new and the ledger was signed with another key than this node has
     */
    public String sealNow() {
        int sealed = EVENTS_AT_ONCE;
        while (sealed == EVENTS_AT_ONCE) {
            sealed = transaction.execute(status -> grow(stored.lockWaiting()));
        }
        Frontier tree = stored.tree();
        if (isNew(tree)) {
            sign(tree);
        }
        return stored.latestCheckpoint().map(StoredCheckpoint::note)
                .orElseThrow(() -> new IllegalStateException("There is nothing to seal."));
    }

    /** How many were sealed; none if another node is at it. */
    private int sealSome() {
        return transaction.execute(status -> stored.lock().map(this::grow).orElse(0));
    }

    private int grow(Frontier tree) {
        List<Hash> hashes = stored.seal(tree.size(), EVENTS_AT_ONCE);
        for (Hash hash : hashes) {
            tree.append(Subtree.leaf(tree.size()), hash, this::saveSome);
        }
        if (!hashes.isEmpty()) {
            stored.save(tree);
        }
        return hashes.size();
    }

    private void saveSome(Subtree subtree, Hash hash) {
        if (subtree.level() % LEVELS_PER_STORED == 0) {
            stored.save(subtree, hash);
        }
    }

    /** Without a lock, since the key may be far away: a tree only grows, so what it was is worth a checkpoint for ever. */
    private void sign(Frontier tree) {
        stored.latestCheckpoint().ifPresent(keys::mustHaveSigned);
        Checkpoint checkpoint = new Checkpoint(key.name(), tree.size(), tree.root());
        stored.save(checkpoint, SignedNote.sign(checkpoint.text(), key));
    }

    private boolean isNew(Frontier tree) {
        return tree.size() > stored.latestCheckpoint().map(StoredCheckpoint::size).orElse(0L);
    }

    private boolean isDue(Frontier tree) {
        Optional<StoredCheckpoint> latest = stored.latestCheckpoint();
        long since = tree.size() - latest.map(StoredCheckpoint::size).orElse(0L);
        boolean isOld = latest.map(checkpoint -> checkpoint.createdAt().plus(settings.checkpointInterval())
                .isBefore(clock.instant())).orElse(true);
        return since >= settings.checkpointEvents() || (since > 0 && isOld);
    }
}
