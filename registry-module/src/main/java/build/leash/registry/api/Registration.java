package build.leash.registry.api;

import build.leash.access.api.DisplayName;
import build.leash.access.api.Slug;
import org.jspecify.annotations.Nullable;

/** @param bearer null for a server that wants none */
public record Registration(Slug slug, DisplayName displayName, HttpsUrl url, Transport transport,
        @Nullable BearerToken bearer, RequestedHeaders headers) {}
