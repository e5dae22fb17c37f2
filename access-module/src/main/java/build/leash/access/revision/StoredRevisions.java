package build.leash.access.revision;

import build.leash.access.api.Confirmation;
import build.leash.access.api.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code access.revision}. */
final class StoredRevisions {

    private final JdbcClient jdbc;

    StoredRevisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One query by primary key for all of them. */
    Map<OrganizationId, Confirmation> find(Collection<OrganizationId> organizations) {
        Map<OrganizationId, Confirmation> found = HashMap.newHashMap(organizations.size());
        jdbc.sql("""
                select o.id, r.revision, (extract(epoch from statement_timestamp()) * 1000)::bigint
                from unnest(?) as o (id) left join access.revision r on r.organization_id = o.id
                """).param(organizations.stream().map(OrganizationId::value).toArray(UUID[]::new)).query(row -> {
            UUID revision = row.getObject(2, UUID.class);
            found.put(new OrganizationId(row.getObject(1, UUID.class)), new Confirmation(
                    revision == null ? UUID.randomUUID() : revision, Instant.ofEpochMilli(row.getLong(3))));
        });
        return found;
    }
}
