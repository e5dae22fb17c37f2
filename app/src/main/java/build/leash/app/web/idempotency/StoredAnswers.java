package build.leash.app.web.idempotency;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads and writes {@code web.idempotent_answer}. All of it runs in the transaction of the request itself: the row is
 * inserted before the request is worked on, so a second one waits for the first, and the answer is committed with what
 * it reports or not at all.
 */
@Component
class StoredAnswers {

    static final Duration KEPT_FOR = Duration.ofHours(24);
    private static final int PURGED_AT_ONCE = 1_000;
    private static final long VERSION = 1;
    private static final String IS_OF_KEY = " organization_id = ? and actor = ? and key_sha256 = ?";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    StoredAnswers(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    /** Whether this is the first request under the key. If another is under way, waits for its end first. */
    boolean claim(IdempotencyKey key) {
        of(key, "delete from web.idempotent_answer where created_at < ? and" + IS_OF_KEY
                + " returning organization_id, answer_id", oldest()).query(Expired::new).list().forEach(this::destroy);
        return jdbc.sql("""
                insert into web.idempotent_answer (organization_id, actor, key_sha256, created_at) values (?, ?, ?, ?)
                on conflict do nothing
                """).params(key.organization().value(), key.actor().value(), key.sha256(),
                clock.instant().atOffset(UTC)).update() == 1;
    }

    void keep(IdempotencyKey key, Answer answer, Sealer sealer) {
        try (PlainSecret plain = answer.toSecret()) {
            SecretRef ref = sealer.seal(key.answerContext(), VERSION, plain);
            of(key, "update web.idempotent_answer set answer_id = ? where" + IS_OF_KEY, ref.id()).update();
        }
    }

    /** For an answer without a secret, after which nothing can be sealed. */
    void keepInTheOpen(IdempotencyKey key, Answer answer) {
        try (PlainSecret plain = answer.toSecret()) {
            of(key, "update web.idempotent_answer set open_answer = ? where" + IS_OF_KEY, plain.bytes()).update();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // carried from a row, never compared
    private record Kept(@Nullable UUID sealed, byte @Nullable [] open) {
        Kept(ResultSet row, int number) throws SQLException {
            this(row.getObject("answer_id", UUID.class), row.getBytes("open_answer"));
        }
    }

    Optional<Answer> find(IdempotencyKey key) {
        return of(key, "select answer_id, open_answer from web.idempotent_answer where" + IS_OF_KEY)
                .query(Kept::new).optional().map(kept -> answer(key, kept));
    }

    /** A statement with these parameters before those of {@link #IS_OF_KEY}. */
    private JdbcClient.StatementSpec of(IdempotencyKey key, String sql, Object... before) {
        return jdbc.sql(sql).params(before).params(key.organization().value(), key.actor().value(), key.sha256());
    }

    private Answer answer(IdempotencyKey key, Kept kept) {
        UUID sealed = kept.sealed();
        try (PlainSecret plain = sealed == null
                ? PlainSecret.owning(requireNonNull(kept.open()))
                : vault.open(key.answerContext(), new SecretRef(sealed, VERSION))) {
            return Answer.from(plain);
        }
    }

    /** Destroys some answers that nobody may ask for any more, in the caller's transaction. Returns how many. */
    int purge() {
        List<Expired> expired = jdbc.sql("""
                delete from web.idempotent_answer where (organization_id, actor, key_sha256) in (
                  select organization_id, actor, key_sha256 from web.idempotent_answer where created_at < ?
                  order by created_at limit ? for update skip locked)
                returning organization_id, answer_id
                """).params(oldest(), PURGED_AT_ONCE).query(Expired::new).list();
        expired.forEach(this::destroy);
        return expired.size();
    }

    private record Expired(OrganizationId organization, @Nullable UUID answer) {
        Expired(ResultSet row, int number) throws SQLException {
            this(OrganizationId.of(row.getString(1)), row.getObject(2, UUID.class));
        }
    }

    private void destroy(Expired expired) {
        UUID sealed = expired.answer();
        if (sealed != null) {
            vault.destroy(expired.organization(), new SecretRef(sealed, VERSION));
        }
    }

    private OffsetDateTime oldest() {
        return clock.instant().minus(KEPT_FOR).atOffset(UTC);
    }
}
