package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes {@code secrets.sealed_secret}, the only table with ciphertexts. */
final class PostgresSealedSecrets implements SealedSecrets {

    private final JdbcClient jdbc;

    PostgresSealedSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(SecretContext context, SecretRef ref, Sealed sealed) {
        jdbc.sql("""
                insert into secrets.sealed_secret
                  (id, organization_id, owner, purpose, version, data_key_id, ciphertext, sealed_at)
                values (?, ?, ?, ?, ?, ?, ?, now())
                """).params(ref.id(), context.organization().value(), context.owner(), context.purpose(),
                ref.version(), sealed.dataKeyId(), sealed.ciphertext()).update();
    }

    @Override
    public Optional<Sealed> find(OrganizationId organization, SecretRef ref) {
        return jdbc
                .sql("select data_key_id, ciphertext from secrets.sealed_secret where id = ? and organization_id = ?")
                .params(ref.id(), organization.value())
                .query((row, number) -> new Sealed(row.getObject(1, UUID.class), row.getBytes(2))).optional();
    }

    @Override
    public void delete(OrganizationId organization, SecretRef ref) {
        jdbc.sql("delete from secrets.sealed_secret where id = ? and organization_id = ?")
                .params(ref.id(), organization.value()).update();
    }
}
