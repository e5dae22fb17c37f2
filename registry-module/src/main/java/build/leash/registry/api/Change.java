package build.leash.registry.api;

import build.leash.access.api.DisplayName;
import org.jspecify.annotations.Nullable;

/**
 * What is to become different about a server; null leaves a thing as it is.
 *
 * @param headers all static headers that it is to have, in place of those it has
 */
public record Change(@Nullable DisplayName displayName, @Nullable HttpsUrl url, @Nullable Transport transport,
        @Nullable RequestedHeaders headers) {}
