package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.kms.KmsException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seals anew, under the current data key, what older ones sealed. Each row changes its ciphertext and its data key in one
 * statement, so it opens at every moment. The AAD stays the same: a ciphertext that was put into a wrong place fails
 * here as it does everywhere, and is left alone.
 */
public final class Reencryption {

    private final JdbcClient jdbc;
    private final DataKeys dataKeys;
    private final SealCounts counts;
    private final SealingMeters meters;

    Reencryption(JdbcClient jdbc, DataKeys dataKeys, SealCounts counts, SealingMeters meters) {
        this.jdbc = jdbc;
        this.dataKeys = dataKeys;
        this.counts = counts;
        this.meters = meters;
    }

    /**
     * What became of some rows.
     *
     * @param last the last of them; null if there was none
     */
    public record Batch(int sealed, int notOpened, @Nullable UUID last) {}

    @SuppressWarnings("ArrayRecordComponent") // carried from a row to the next statement, never compared
    private record Row(SecretContext context, SecretRef ref, UUID dataKeyId, byte[] ciphertext) {

        @Override
        public String toString() {
            return "Row[" + ref + "]";
        }
    }

    /** How many secrets are sealed with data keys that are older than this one. */
    public long remaining(OrganizationId organization, UUID dataKey) {
        return jdbc.sql("""
                select count(*) from secrets.sealed_secret s
                join secrets.data_key k on k.id = s.data_key_id
                where s.organization_id = ?
                  and k.created_at < (select n.created_at from secrets.data_key n where n.id = ?)
                """).params(organization.value(), dataKey).query(Long.class).single();
    }

    /**
     * Does the next ones of those.
     *
     * @param after the last one of the batch before; null to begin
     * @throws KmsException if KMS does not give one of the data keys
     */
    public Batch next(OrganizationId organization, UUID dataKey, @Nullable UUID after, int limit) {
        List<Row> rows = rows(organization, dataKey, after == null ? new UUID(0, 0) : after, limit);
        int sealed = 0;
        int notOpened = 0;
        for (Row row : rows) {
            DataKey old = dataKeys.find(organization, row.dataKeyId());
            DataKey current = dataKeys.current(organization);
            try {
                sealed += replace(row, old, current);
            } catch (GeneralSecurityException e) {
                meters.didNotOpen("secret_not_authentic");
                notOpened++;
            }
        }
        return new Batch(sealed, notOpened, rows.isEmpty() ? null : rows.getLast().ref().id());
    }

    private int replace(Row row, DataKey old, DataKey current) throws GeneralSecurityException {
        OrganizationId organization = row.context().organization();
        byte[] aad = Aad.ofSecret(row.context(), row.ref());
        byte[] plain = old.cipher().decrypt(row.ciphertext(), aad);
        try {
            DataKeyRef key = new DataKeyRef(organization, current.id());
            counts.prepare(key);
            counts.sealed(key);
            return jdbc.sql("""
                    update secrets.sealed_secret set data_key_id = ?, ciphertext = ?
                    where id = ? and organization_id = ? and data_key_id = ? and ciphertext = ?
                    """).params(current.id(), current.cipher().encrypt(plain, aad), row.ref().id(),
                    organization.value(), row.dataKeyId(), row.ciphertext()).update();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private List<Row> rows(OrganizationId organization, UUID dataKey, UUID after, int limit) {
        return jdbc.sql("""
                select s.* from secrets.sealed_secret s
                join secrets.data_key k on k.id = s.data_key_id
                where s.organization_id = ? and s.id > ?
                  and k.created_at < (select n.created_at from secrets.data_key n where n.id = ?)
                order by s.id limit ?
                """).params(organization.value(), after, dataKey, limit)
                .query((row, number) -> new Row(
                        new SecretContext(organization, row.getString("owner"), row.getString("purpose")),
                        new SecretRef(row.getObject("id", UUID.class), row.getLong("version")),
                        row.getObject("data_key_id", UUID.class), row.getBytes("ciphertext")))
                .list();
    }
}
