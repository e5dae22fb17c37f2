package build.leash.access.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An app's key, recognized and valid at the moment of asking.
 *
 * @param slugs the slugs to which the key is limited; null if it is not
 * @param app the app that presents it
 */
public record AppKey(ApiKeyId id, OrganizationId organization, @Nullable Set<String> slugs, AppName app) {

    public boolean mayAskFor(String slug) {
        return slugs == null || slugs.contains(slug);
    }

    /** @throws Rejected with {@link AccessRejection#NOT_ALLOWED} if the key is limited to other slugs */
    public void mustBeAllowedToAskFor(String slug) {
        if (!mayAskFor(slug)) {
            throw new Rejected(AccessRejection.NOT_ALLOWED, "This API key is limited to other MCP servers.");
        }
    }
}
