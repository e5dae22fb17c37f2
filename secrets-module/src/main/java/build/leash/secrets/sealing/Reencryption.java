package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.kms.KmsException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Seals anew, under the current data key, what older ones sealed. Each row changes its ciphertext and its data key in one
 * statement, so it opens at every moment. The AAD stays the same: a ciphertext that was put into a wrong place fails
 * here as it does everywhere, and is left alone.
 */
public final class Reencryption {

    private static final UUID BEGINNING = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final TransactionOperations ownTransaction;
    private final DataKeys dataKeys;
    private final SealCounts counts;
    private final SealingMeters meters;

    /** @param ownTransaction begins one for each row */
    Reencryption(JdbcClient jdbc, TransactionOperations ownTransaction, DataKeys dataKeys, SealCounts counts,
            SealingMeters meters) {
        this.jdbc = jdbc;
        this.ownTransaction = ownTransaction;
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
     * @param alsoThen gets the id of each row that is sealed anew, in the row's own transaction
     * @throws KmsException if KMS does not give one of the data keys
     */
    public Batch next(OrganizationId organization, UUID dataKey, @Nullable UUID after, int limit,
            Consumer<UUID> alsoThen) {
        List<Row> rows = rows(organization, dataKey, after == null ? BEGINNING : after, limit);
        int sealed = 0;
        int notOpened = 0;
        for (Row row : rows) {
            DataKey old = dataKeys.find(organization, row.dataKeyId());
            DataKey current = dataKeys.current(organization);
            counts.prepare(new DataKeyRef(organization, current.id()));
            try {
                sealed += replace(row, sealedAnew(row, old, current), current, alsoThen) ? 1 : 0;
            } catch (GeneralSecurityException e) {
                meters.didNotOpen("secret_not_authentic");
                notOpened++;
            }
        }
        return new Batch(sealed, notOpened, rows.isEmpty() ? null : rows.getLast().ref().id());
    }

    private byte[] sealedAnew(Row row, DataKey old, DataKey current) throws GeneralSecurityException {
        byte[] aad = Aad.ofSecret(row.context(), row.ref());
        byte[] plain = old.cipher().decrypt(row.ciphertext(), aad);
        try {
            counts.sealed(new DataKeyRef(row.context().organization(), current.id()));
            return current.cipher().encrypt(plain, aad);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Locks the data key before the row, as whoever shreds the organization does, so that neither waits for the other. */
    private boolean replace(Row row, byte[] ciphertext, DataKey current, Consumer<UUID> alsoThen) {
        UUID organization = row.context().organization().value();
        return Boolean.TRUE.equals(ownTransaction.execute(status -> {
            boolean replaced = jdbc.sql("""
                    with current_key as materialized (
                      select id from secrets.data_key where id = ? and organization_id = ? for key share)
                    update secrets.sealed_secret s set data_key_id = k.id, ciphertext = ?
                    from current_key k
                    where s.id = ? and s.organization_id = ? and s.data_key_id = ? and s.ciphertext = ?
                    """).params(current.id(), organization, ciphertext, row.ref().id(), organization, row.dataKeyId(),
                    row.ciphertext()).update() == 1;
            if (replaced) {
                alsoThen.accept(row.ref().id());
            }
            return replaced;
        }));
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
