package build.leash.secrets.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Destroys secrets some time after they were replaced, and data keys some time after nothing needs them. */
final class Purge {

    static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final LifecycleProperties properties;

    Purge(JdbcClient jdbc, TransactionOperations transaction, LifecycleProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
    }

    /** Destroys at most {@value #AT_ONCE} of each, and answers how many. Nodes that do it at once share the work. */
    int some() {
        int secrets = transaction.execute(status -> secrets(properties.keepReplacedFor()));
        int dataKeys = transaction.execute(status -> dataKeys(properties.keepRetiredFor()));
        return secrets + dataKeys;
    }

    private int secrets(Duration kept) {
        return jdbc.sql("""
                delete from secrets.sealed_secret where id in (
                  select id from secrets.sealed_secret where replaced_at < now() - ? * interval '1 millisecond'
                  order by replaced_at limit ? for update skip locked)
                """).params(kept.toMillis(), AT_ONCE).update();
    }

    /** Locks the keys first, so that what is being sealed with one is seen. */
    private int dataKeys(Duration kept) {
        List<UUID> unused = jdbc.sql("""
                select id from secrets.data_key k
                where retired_at < now() - ? * interval '1 millisecond' and not exists (
                  select from secrets.sealed_secret s where s.data_key_id = k.id)
                limit ? for update skip locked
                """).params(kept.toMillis(), AT_ONCE).query((row, number) -> row.getObject(1, UUID.class)).list();
        return unused.isEmpty() ? 0 : jdbc.sql("""
                delete from secrets.data_key k where id in (:unused) and not exists (
                  select from secrets.sealed_secret s where s.data_key_id = k.id)
                """).param("unused", unused).update();
    }
}
