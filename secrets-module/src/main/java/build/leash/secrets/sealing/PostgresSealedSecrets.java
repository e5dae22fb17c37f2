package build.leash.secrets.sealing;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.Ciphertext;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes {@code secrets.sealed_secret}, the only table with ciphertexts. */
final class PostgresSealedSecrets implements SealedSecrets {

    private final JdbcClient jdbc;

    PostgresSealedSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(SecretContext context, SecretRef ref, Sealed sealed) {
        return jdbc.sql("""
                insert into secrets.sealed_secret
                  (id, organization_id, owner, purpose, version, data_key_id, ciphertext, sealed_at)
                select ?, k.organization_id, ?, ?, ?, k.id, ?, now() from secrets.data_key k
                where k.id = ? and k.organization_id = ? and not exists (
                  select from secrets.encryption_key e
                  where e.organization_id = k.organization_id and e.state = 'shredded')
                for key share of k
                """).params(ref.id(), context.owner(), context.purpose(), ref.version(), sealed.ciphertext(),
                sealed.dataKeyId(), context.organization().value()).update() == 1;
    }

    @Override
    public Optional<Sealed> find(OrganizationId organization, SecretRef ref) {
        return jdbc.sql("""
                select s.data_key_id, s.ciphertext from secrets.sealed_secret s
                where s.id = ? and s.organization_id = ? and not exists (
                  select from secrets.encryption_key e
                  where e.organization_id = s.organization_id and e.state = 'shredded')
                """).params(ref.id(), organization.value())
                .query((row, number) -> new Sealed(row.getObject(1, UUID.class), row.getBytes(2))).optional();
    }

    @Override
    public Map<UUID, Ciphertext> findAll(OrganizationId organization, Collection<SecretRef> refs) {
        Map<UUID, SecretRef> byId = refs.stream().collect(Collectors.toMap(SecretRef::id, ref -> ref));
        Map<UUID, Ciphertext> found = new HashMap<>();
        jdbc.sql("""
                select s.id, s.data_key_id, s.ciphertext from secrets.sealed_secret s
                where s.id = any(?) and s.organization_id = ? and not exists (
                  select from secrets.encryption_key e
                  where e.organization_id = s.organization_id and e.state = 'shredded')
                """).params(byId.keySet().toArray(UUID[]::new), organization.value()).query(row -> {
            UUID id = row.getObject(1, UUID.class);
            found.put(id, new Ciphertext(requireNonNull(byId.get(id)), row.getObject(2, UUID.class),
                    row.getBytes(3)));
        });
        return found;
    }

    @Override
    public boolean isShredded(OrganizationId organization) {
        return jdbc.sql("""
                select exists (select from secrets.encryption_key where organization_id = ? and state = 'shredded')
                """).param(organization.value()).query(Boolean.class).single();
    }

    @Override
    public void delete(OrganizationId organization, SecretRef ref) {
        jdbc.sql("delete from secrets.sealed_secret where id = ? and organization_id = ?")
                .params(ref.id(), organization.value()).update();
    }

    @Override
    public void retire(SecretContext context, long beforeVersion) {
        jdbc.sql("""
                update secrets.sealed_secret set replaced_at = now()
                where organization_id = ? and owner = ? and purpose = ? and version < ? and replaced_at is null
                """).params(context.organization().value(), context.owner(), context.purpose(), beforeVersion)
                .update();
    }

    @Override
    public void retireAll(OrganizationId organization, String owner) {
        jdbc.sql("""
                update secrets.sealed_secret set replaced_at = now()
                where organization_id = ? and owner = ? and replaced_at is null
                """).params(organization.value(), owner).update();
    }
}
