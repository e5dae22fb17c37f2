package build.leash.access.organization;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.MemberRemoved;
import build.leash.access.api.event.MemberRoleChanged;
import build.leash.access.api.event.OrganizationFounded;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code access.organization} and {@code access.member}. */
final class OrganizationProjection {

    private final JdbcClient jdbc;

    OrganizationProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(OrganizationFounded event, @Timestamp Instant when) {
        jdbc.sql("insert into access.organization (id, name, founded_at) values (?, ?, ?)")
                .params(event.organizationId().value(), event.name().value(), when.atOffset(UTC)).update();
    }

    @EventHandler
    void on(MemberAdded event, @Timestamp Instant when) {
        jdbc.sql("insert into access.member (organization_id, person_id, role, since) values (?, ?, ?, ?)")
                .params(event.organizationId().value(), event.personId().value(), event.role().toString(),
                        when.atOffset(UTC))
                .update();
    }

    @EventHandler
    void on(MemberRoleChanged event) {
        jdbc.sql("update access.member set role = ? where organization_id = ? and person_id = ?")
                .params(event.to().toString(), event.organizationId().value(), event.personId().value()).update();
    }

    @EventHandler
    void on(MemberRemoved event) {
        jdbc.sql("delete from access.member where organization_id = ? and person_id = ?")
                .params(event.organizationId().value(), event.personId().value()).update();
    }
}
