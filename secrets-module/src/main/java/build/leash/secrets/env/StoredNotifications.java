package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretRef;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code secrets.env_notifications}, and keeps what is to be told until it is. */
final class StoredNotifications {

    private final JdbcClient jdbc;

    StoredNotifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where an organization is told.
     *
     * @param url null, as the secret, if it was stopped
     */
    record Target(@Nullable String url, @Nullable SecretRef secret, long version, Instant changedAt,
            String changedBy) {}

    /**
     * Something to tell.
     *
     * @param body JSON
     * @param attempts how often it was tried
     */
    record Message(UUID id, OrganizationId organization, String body, int attempts) {}

    Optional<Target> target(OrganizationId organization) {
        return jdbc.sql("select * from secrets.env_notifications where organization_id = ?")
                .param(organization.value()).query((row, number) -> {
                    UUID secret = row.getObject("secret_id", UUID.class);
                    return new Target(row.getString("url"),
                            secret == null ? null : new SecretRef(secret, row.getLong("version")),
                            row.getLong("version"),
                            row.getObject("changed_at", OffsetDateTime.class).toInstant(), row.getString("changed_by"));
                }).optional();
    }

    /** To be told as soon as the transaction that is under way is committed. */
    void add(OrganizationId organization, String body, Instant now) {
        jdbc.sql("insert into secrets.env_message (id, organization_id, body, attempts, due_at) values (?, ?, ?, 0, ?)")
                .params(UUID.randomUUID(), organization.value(), body, now.atOffset(UTC)).update();
    }

    /** Takes messages that are due; nobody else takes them for as long as the lease. */
    List<Message> take(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                update secrets.env_message set due_at = ?, attempts = attempts + 1 where id in (
                  select id from secrets.env_message where due_at <= ? order by due_at limit ? for update skip locked)
                returning id, organization_id, body, attempts
                """).params(now.plus(lease).atOffset(UTC), now.atOffset(UTC), limit)
                .query((row, number) -> new Message(row.getObject(1, UUID.class),
                        OrganizationId.of(row.getString(2)), row.getString(3), row.getInt(4)))
                .list();
    }

    void again(Message message, Instant when) {
        jdbc.sql("update secrets.env_message set due_at = ? where id = ?").params(when.atOffset(UTC), message.id())
                .update();
    }

    void remove(Message message) {
        jdbc.sql("delete from secrets.env_message where id = ?").param(message.id()).update();
    }
}
