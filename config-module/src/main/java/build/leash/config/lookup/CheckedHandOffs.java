package build.leash.config.lookup;

import build.leash.access.api.AppKey;
import build.leash.access.api.AppKeys;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Slug;
import build.leash.billing.api.Feature;
import build.leash.config.api.HandOff;
import build.leash.config.api.HandOffs;
import build.leash.registry.api.RegistryRejection;
import build.leash.registry.api.SecretPurpose;
import build.leash.registry.api.ServerVersion;
import build.leash.registry.api.StaticHeader;
import build.leash.secrets.api.Ciphertext;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks plan, key and slug in this order, so that nobody learns of a slug who may not, and opens the secrets. */
final class CheckedHandOffs implements HandOffs {

    private final AppKeys keys;
    private final FreshViews views;
    private final Vault vault;

    CheckedHandOffs(AppKeys keys, FreshViews views, Vault vault) {
        this.keys = keys;
        this.views = views;
        this.vault = vault;
    }

    @Override
    public Asked ask(@Nullable String presentedKey, String slug, Consumer<AppKey> known) {
        View view = views.of(keys.hash(presentedKey), slug, known);
        return new AskedInView(view.key().at(view.at()), slug, view);
    }

    private final class AskedInView implements Asked {

        private final AppKey app;
        private final String slug;
        private final View view;

        AskedInView(AppKey app, String slug, View view) {
            this.app = app;
            this.slug = slug;
            this.view = view;
        }

        @Override
        public AppKey app() {
            return app;
        }

        @Override
        public Duration age() {
            return view.age();
        }

        @Override
        public HandOff handOff(Predicate<ServerVersion> known) {
            view.plan().require(Feature.CUSTOM_MCP_SERVERS);
            app.mustBeAllowedToAskFor(slug);
            SealedEndpoint sealed = view.endpoint();
            if (sealed == null) {
                throw unknown(slug);
            }
            StoredEndpoint endpoint = sealed.endpoint();
            return known.test(endpoint.serverVersion())
                    ? new HandOff.Unchanged(endpoint.serverVersion())
                    : open(app.organization(), sealed);
        }
    }

    /** Repeats the slug only if it is one: anything might have been put into the path by mistake. */
    private static Rejected unknown(String slug) {
        return new Rejected(RegistryRejection.UNKNOWN_MCP_SERVER,
                Slug.isValid(slug) ? "Unknown MCP server: " + slug : "Unknown MCP server");
    }

    private HandOff open(OrganizationId organization, SealedEndpoint sealed) {
        StoredEndpoint endpoint = sealed.endpoint();
        Map<String, String> headers = new LinkedHashMap<>();
        if (endpoint.bearer() != null) {
            headers.put("Authorization", "Bearer "
                    + reveal(sealed, SecretPurpose.bearer(organization, endpoint.serverId()), endpoint.bearer()));
        }
        for (StaticHeader header : endpoint.headers()) {
            headers.put(header.name().value(), header.valueOr(ref -> reveal(sealed,
                    SecretPurpose.header(organization, endpoint.serverId(), header.name()), ref)));
        }
        return new HandOff.Endpoint(endpoint.serverVersion(), endpoint.slug(), endpoint.displayName(), endpoint.url(),
                endpoint.transport(), headers);
    }

    /** What was gone when the endpoint was read is asked for once more, by the vault that can say why. */
    private String reveal(SealedEndpoint sealed, SecretContext context, SecretRef ref) {
        Ciphertext ciphertext = sealed.secrets().get(ref.id());
        try (PlainSecret secret = ciphertext == null ? vault.open(context, ref) : vault.open(context, ciphertext)) {
            return secret.reveal();
        }
    }
}
