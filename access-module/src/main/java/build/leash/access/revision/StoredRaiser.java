package build.leash.access.revision;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.RevisionRaiser;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes {@code access.revision}; all transactions in the same order, so that no two wait for each other. */
final class StoredRaiser implements RevisionRaiser {

    private final JdbcClient jdbc;

    StoredRaiser(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void raise(Collection<OrganizationId> organizations) {
        organizations.stream().distinct().sorted(Comparator.<OrganizationId, UUID>comparing(OrganizationId::value))
                .forEach(this::raise);
    }

    private void raise(OrganizationId organization) {
        jdbc.sql("""
                insert into access.revision (organization_id, revision) values (?, gen_random_uuid())
                on conflict (organization_id) do update set revision = excluded.revision
                """).param(organization.value()).update();
    }
}
