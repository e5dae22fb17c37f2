package build.leash.config.lookup;

import build.leash.access.api.AppKeys;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a hand-off depends on, as it was at one moment.
 *
 * @param revision of the organization at that moment
 * @param endpoint null if there is none under the slug, and if the app may not ask for it: then nobody looked
 * @param at that moment, by the database's clock
 * @param age how long ago it was confirmed, if that was before the request; zero if it was after its beginning
 */
record View(UUID revision, AppKeys.Known key, Plan plan, @Nullable SealedEndpoint endpoint, Instant at, Duration age) {

    /** Who may not know of a slug is turned down before anybody looks it up. */
    static boolean mayLook(AppKeys.Known key, Plan plan, String slug) {
        return plan.includes(Feature.CUSTOM_MCP_SERVERS) && key.key().mayAskFor(slug);
    }
}
