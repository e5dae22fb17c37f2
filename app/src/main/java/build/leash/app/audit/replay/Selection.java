package build.leash.app.audit.replay;

import build.leash.app.audit.LogTime;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Which events of {@code eventstore.domain_event e} are wanted.
 *
 * @param condition in SQL, with named parameters
 */
record Selection(String condition, Map<String, Object> parameters) {

    /** @param last inclusive */
    static Selection numbered(long first, long last) {
        return new Selection("e.global_index between :first and :last", Map.of("first", first, "last", last));
    }

    static Selection of(Collection<UUID> organizations) {
        return new Selection("e.organization_id = any(:organizations)",
                Map.of("organizations", organizations.toArray(UUID[]::new)));
    }

    /** @param moment inclusive, to the millisecond */
    static Selection of(UUID organization, Instant moment) {
        return new Selection("e.organization_id = :organization and e.time_stamp <= :moment",
                Map.of("organization", organization, "moment", LogTime.of(moment)));
    }
}
