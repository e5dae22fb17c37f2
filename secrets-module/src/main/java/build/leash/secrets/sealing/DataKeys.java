package build.leash.secrets.sealing;

import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.sealing.StoredDataKeys.Stored;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The data keys of organizations, ready for use. A key serves one organization only. A new one is committed on its own
 * before anything is sealed with it, whatever becomes of the write that needed it.
 *
 * <p>
 * How a key is wrapped is read anew each time KMS is asked for it, so that nothing uses an old KEK, or an old version of
 * one, for longer than the cache's age once a key was re-wrapped.
 */
public final class DataKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);

    /** How often a key is wrapped anew because the assignment changed meanwhile. */
    private static final int MAX_ATTEMPTS = 5;

    private final KeyRecords records;
    private final StoredDataKeys stored;
    private final TransactionOperations ownTransaction;
    private final DataKeyProperties bounds;
    private final Clock clock;
    private final KeyWrapping wrapping;
    private final UnwrappedKeys unwrapped;
    /** For whom a successor was tried lately: once is enough, whatever becomes of it. */
    private final Cache<OrganizationId, Boolean> succeededLately;

    /**
     * The key with which new secrets are sealed and how KMS is asked for all of them.
     *
     * @param ownTransaction begins a transaction of its own even if one is under way
     */
    DataKeys(KmsProviders providers, KeyRecords records, StoredDataKeys stored, TransactionOperations ownTransaction,
            DataKeyProperties bounds, CacheProperties cache, Clock clock, Ticker ticker, SealingMeters meters) {
        this.records = records;
        this.stored = stored;
        this.ownTransaction = ownTransaction;
        this.bounds = bounds;
        this.clock = clock;
        this.wrapping = new KeyWrapping(providers, clock);
        this.unwrapped = new UnwrappedKeys(this::load, cache, ticker, meters);
        this.succeededLately = Caffeine.newBuilder().maximumSize(cache.maxKeys())
                .expireAfterWrite(cache.retryEvery()).ticker(ticker).build();
    }

    /**
     * The key to seal with, made if the organization has none or the one it has is used up.
     *
     * @throws KmsException if KMS does not give it, or gave no answer about it for longer than the cache's age
     */
    DataKey current(OrganizationId organization) {
        Stored key = stored.current(organization).orElseGet(() -> first(organization));
        if (bounds.isUsedUp(key, clock.instant())
                && succeededLately.asMap().putIfAbsent(organization, true) == null) {
            key = successorIfPossible(organization, key);
        }
        return unwrapped.forSealing(new DataKeyRef(organization, key.id()));
    }

    /**
     * The key with this id, to open with.
     *
     * @throws KmsException if KMS does not give it
     * @throws DoesNotOpen if the organization has no such key
     */
    DataKey find(OrganizationId organization, UUID id) {
        return unwrapped.forOpening(new DataKeyRef(organization, id));
    }

    /**
     * Makes a new current key under the organization's KEK, and answers its id. What older keys sealed still opens.
     *
     * @param alsoThen gets the new key's id in the transaction that makes it the current one; not called if somebody else
     *        makes another one current meanwhile, which is as good
     */
    public UUID rotate(Caller caller, Consumer<UUID> alsoThen) {
        OrganizationId organization = caller.organization();
        Stored key = stored.current(organization).orElseGet(() -> first(organization));
        return successor(organization, key, caller, alsoThen).id();
    }

    /**
     * Wraps a data key under another KEK, or the same one's newest version. The key itself, and what it sealed, stay as
     * they are; it is stored only after the new KEK has shown that it unwraps again.
     *
     * @return false if somebody else changed how it is wrapped meanwhile, or it is gone
     */
    public boolean rewrap(OrganizationId organization, UUID id, AssignedKey to) {
        Optional<Stored> key = stored.find(organization, id);
        if (key.isEmpty()) {
            return false;
        }
        Stored moved = wrapping.rewrap(organization, key.get(), to);
        return Boolean.TRUE.equals(ownTransaction
                .execute(status -> stored.rewrap(organization, key.get(), moved.provider(), moved.wrapped())));
    }

    /** Drops the organization's keys from this node's memory. */
    public void forget(OrganizationId organization) {
        unwrapped.forget(organization);
    }

    @Override
    public void close() {
        unwrapped.close();
    }

    private DataKey load(DataKeyRef ref) {
        return wrapping.unwrap(ref.organization(), stored(ref));
    }

    private Stored stored(DataKeyRef ref) {
        return stored.find(ref.organization(), ref.id()).orElseThrow(() -> new DoesNotOpen(
                DoesNotOpen.Reason.NO_SUCH_DATA_KEY, "There is no data key " + ref.id() + " of " + ref.organization()));
    }

    private Stored first(OrganizationId organization) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            KeyRecords.Assignment assigned = assigned(organization);
            KeyWrapping.Made made = wrapping.make(organization, assigned.key());
            ownTransaction.executeWithoutResult(
                    status -> stored.addIfNoneIsCurrent(organization, made.stored(), assigned.generation()));
            Optional<Stored> current = stored.current(organization);
            if (current.isPresent()) {
                return holdIfMine(organization, made, current.get());
            }
        }
        throw busy(organization);
    }

    private Stored successorIfPossible(OrganizationId organization, Stored old) {
        try {
            return successor(organization, old, null, id -> {});
        } catch (KmsUnreachable e) {
            LOG.warn("Data key {} is used up and has no successor yet: {}", old.id(), e.getMessage());
            return old;
        }
    }

    private Stored successor(OrganizationId organization, Stored old, @Nullable Caller caller,
            Consumer<UUID> alsoThen) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            KeyRecords.Assignment assigned = assigned(organization);
            KeyWrapping.Made made = wrapping.make(organization, assigned.key());
            records.rotateDataKey(organization, caller, old.id(), made.stored().id(), () -> {
                boolean isCurrent = stored.succeed(organization, old.id(), made.stored(), assigned.generation());
                if (isCurrent) {
                    alsoThen.accept(made.stored().id());
                }
                return isCurrent;
            });
            Stored current = stored.current(organization).orElseThrow(() -> shredded(organization));
            if (!current.id().equals(old.id())) {
                return holdIfMine(organization, made, current);
            }
        }
        throw busy(organization);
    }

    private KeyRecords.Assignment assigned(OrganizationId organization) {
        return records.assignedTo(organization).orElseThrow(() -> shredded(organization));
    }

    private Stored holdIfMine(OrganizationId organization, KeyWrapping.Made made, Stored current) {
        if (current.id().equals(made.stored().id())) {
            unwrapped.hold(new DataKeyRef(organization, current.id()), made.ready());
        }
        return current;
    }

    private static DoesNotOpen shredded(OrganizationId organization) {
        return new DoesNotOpen(DoesNotOpen.Reason.SHREDDED, "Organization " + organization + " was shredded");
    }

    private static KmsUnreachable busy(OrganizationId organization) {
        return new KmsUnreachable(KmsUnreachable.Reason.BUSY, "The key of " + organization + " keeps changing");
    }
}
