package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.Ciphertext;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** {@code secrets.sealed_secret} without a database, and with somebody who changes rows behind our back. */
final class InMemorySecrets implements SealedSecrets {

    private record Place(OrganizationId organization, UUID id) {}

    private final Map<Place, Sealed> rows = new ConcurrentHashMap<>();

    @Override
    public boolean add(SecretContext context, SecretRef ref, Sealed sealed) {
        put(context.organization(), ref, sealed);
        return true;
    }

    @Override
    public Optional<Sealed> find(OrganizationId organization, SecretRef ref) {
        return Optional.ofNullable(rows.get(new Place(organization, ref.id())));
    }

    @Override
    public Map<UUID, Ciphertext> findAll(OrganizationId organization, Collection<SecretRef> refs) {
        Map<UUID, Ciphertext> found = new HashMap<>();
        refs.forEach(ref -> find(organization, ref).ifPresent(
                sealed -> found.put(ref.id(), new Ciphertext(ref, sealed.dataKeyId(), sealed.ciphertext()))));
        return found;
    }

    @Override
    public void delete(OrganizationId organization, SecretRef ref) {
        rows.remove(new Place(organization, ref.id()));
    }

    /** Tables in memory keep everything. */
    @Override
    public void retire(SecretContext context, long beforeVersion) {}

    @Override
    public void retireAll(OrganizationId organization, String owner) {}

    @Override
    public boolean isShredded(OrganizationId organization) {
        return false;
    }

    void put(OrganizationId organization, SecretRef ref, Sealed sealed) {
        rows.put(new Place(organization, ref.id()), sealed);
    }
}
