package build.leash.access.revision;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.RevisionRaiser;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes {@code access.revision}: one statement however many there are, since whoever raises holds the lock on all writes;
 * in the order of the ids, so that no two transactions wait for each other.
 */
final class StoredRaiser implements RevisionRaiser {

    private final JdbcClient jdbc;

    StoredRaiser(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void raise(Collection<OrganizationId> organizations) {
        jdbc.sql("""
                insert into access.revision (organization_id, revision)
                select id, gen_random_uuid() from (select distinct unnest(?::uuid[]) as id order by id) raised
                on conflict (organization_id) do update set revision = excluded.revision
                """).param(organizations.stream().map(OrganizationId::value).toArray(UUID[]::new)).update();
    }
}
