package build.leash.access.organization;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvitationId;
import build.leash.access.api.InvitationView;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes {@code access.invitation}, the open ones. */
final class StoredInvitations {

    private static final String SELECT = """
            select i.*, o.name from access.invitation i join access.organization o on o.id = i.organization_id
            where i.expires_at > :now and\s""";

    private final JdbcClient jdbc;
    private final Clock clock;

    StoredInvitations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(InvitationView invitation, PlainToken token) {
        jdbc.sql("""
                insert into access.invitation
                  (id, organization_id, email, role, sha256, invited_by, invited_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """).params(invitation.id().value(), invitation.organization().value(), invitation.email().value(),
                invitation.role().toString(), token.sha256(), invitation.invitedBy(), now(),
                invitation.expiresAt().atOffset(UTC)).update();
    }

    void delete(InvitationId id) {
        jdbc.sql("delete from access.invitation where id = ?").param(id.value()).update();
    }

    Optional<InvitationView> find(PlainToken token) {
        return query("i.sha256 = :value", token.sha256()).stream().findFirst();
    }

    Optional<InvitationView> find(InvitationId id) {
        return query("i.id = :value", id.value()).stream().findFirst();
    }

    List<InvitationView> of(EmailAddress email) {
        return query("i.email = :value", email.value());
    }

    List<InvitationView> of(OrganizationId organization) {
        return query("i.organization_id = :value", organization.value());
    }

    /** The invitations of the organization whose time is over, and those of the address. */
    List<InvitationId> replacedBy(OrganizationId organization, EmailAddress email) {
        return jdbc.sql("""
                select id from access.invitation where organization_id = ? and (email = ? or expires_at <= ?)
                """).params(organization.value(), email.value(), now())
                .query((row, number) -> InvitationId.of(row.getString(1))).list();
    }

    private List<InvitationView> query(String condition, Object value) {
        return jdbc.sql(SELECT + condition + " order by i.email, i.id").param("now", now()).param("value", value)
                .query(StoredInvitations::view).list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(UTC);
    }

    private static InvitationView view(ResultSet row, int number) throws SQLException {
        return new InvitationView(InvitationId.of(row.getString("id")),
                OrganizationId.of(row.getString("organization_id")), Objects.requireNonNull(row.getString("name")),
                new EmailAddress(row.getString("email")), Role.of(row.getString("role")),
                Objects.requireNonNull(row.getString("invited_by")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
