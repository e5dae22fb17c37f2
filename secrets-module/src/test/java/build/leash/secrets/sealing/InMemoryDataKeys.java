package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.WrappedKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** {@code secrets.data_key} without a database, and with somebody who changes rows behind our back. */
final class InMemoryDataKeys implements StoredDataKeys {

    private final Map<DataKeyRef, Stored> rows = new HashMap<>();
    private final Map<OrganizationId, UUID> current = new HashMap<>();

    @Override
    public synchronized Optional<Stored> current(OrganizationId organization) {
        return Optional.ofNullable(current.get(organization)).flatMap(id -> find(organization, id));
    }

    @Override
    public synchronized Optional<Stored> find(OrganizationId organization, UUID id) {
        return Optional.ofNullable(rows.get(new DataKeyRef(organization, id)));
    }

    @Override
    public synchronized void addIfNoneIsCurrent(OrganizationId organization, Stored key, long generation) {
        if (current.putIfAbsent(organization, key.id()) == null) {
            rows.put(new DataKeyRef(organization, key.id()), key);
        }
    }

    @Override
    public synchronized boolean succeed(OrganizationId organization, UUID old, Stored key, long generation) {
        boolean ended = current.remove(organization, old);
        if (ended) {
            addIfNoneIsCurrent(organization, key, generation);
        }
        return ended;
    }

    @Override
    public synchronized boolean rewrap(OrganizationId organization, Stored old, String provider, WrappedKey wrapped) {
        Stored row = find(organization, old.id()).orElseThrow();
        boolean same = Arrays.equals(row.wrapped().ciphertext(), old.wrapped().ciphertext());
        if (same) {
            rows.put(new DataKeyRef(organization, old.id()),
                    new Stored(row.id(), provider, wrapped, row.createdAt(), row.seals()));
        }
        return same;
    }

    @Override
    public synchronized void addSeals(OrganizationId organization, UUID id, int seals) {
        tamper(new DataKeyRef(organization, id),
                row -> new Stored(row.id(), row.provider(), row.wrapped(), row.createdAt(), row.seals() + seals));
    }

    synchronized void tamper(DataKeyRef ref, UnaryOperator<Stored> change) {
        rows.computeIfPresent(ref, (key, row) -> change.apply(row));
    }

    synchronized void put(OrganizationId organization, Stored row) {
        rows.put(new DataKeyRef(organization, row.id()), row);
    }

    synchronized void remove(DataKeyRef ref) {
        rows.remove(ref);
    }
}
