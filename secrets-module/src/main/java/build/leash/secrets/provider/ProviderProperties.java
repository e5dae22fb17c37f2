package build.leash.secrets.provider;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are that exist once.
 *
 * @param dopplerUrl of Doppler's API
 * @param googleEndpoint {@code host:port} instead of {@code secretmanager.googleapis.com:443}, for a regional endpoint
 *        or private service connect; null for the default
 * @param googlePlaintext no TLS; for an emulator, and only on a loopback address
 */
@ConfigurationProperties("leash.env.provider")
record ProviderProperties(@DefaultValue("https://api.doppler.com") String dopplerUrl,
        @Nullable String googleEndpoint, @DefaultValue("false") boolean googlePlaintext) {}
