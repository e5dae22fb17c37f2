package build.leash.access.organization;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.MemberRemoved;
import build.leash.access.api.event.MemberRoleChanged;
import build.leash.access.api.event.OrganizationFounded;
import build.leash.access.api.event.Rebuild;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code access.organization} and {@code access.member}. */
final class OrganizationProjection {

    static final List<Rebuild> REBUILDS = List.of(Rebuild.state("organization", "access.organization", "id", """
            select organization_id, data ->> 'name', at from log where type = 'access.organization-founded'
            """), Rebuild.state("members", "access.member", "organization_id", """
            select organization_id, person_id,
              (array_agg(role order by global_index desc) filter (where role is not null))[1],
              (array_agg(at order by global_index desc) filter (where type = 'access.member-added'))[1]
            from (
              select global_index, type, at, organization_id, (data ->> 'personId')::uuid as person_id,
                coalesce(data ->> 'to', data ->> 'role') as role
              from log
              where type in ('access.member-added', 'access.member-role-changed', 'access.member-removed')
            ) member
            group by 1, 2
            having (array_agg(type order by global_index desc))[1] <> 'access.member-removed'
            """));

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
