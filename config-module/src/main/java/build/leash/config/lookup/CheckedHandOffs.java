package build.leash.config.lookup;

import build.leash.access.api.AppKey;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Slug;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.config.api.HandOff;
import build.leash.config.api.HandOffs;
import build.leash.registry.api.RegistryRejection;
import build.leash.registry.api.SecretPurpose;
import build.leash.registry.api.ServerVersion;
import build.leash.registry.api.StaticHeader;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Checks plan, key and slug in this order, so that nobody learns of a slug who may not, and opens the secrets. */
final class CheckedHandOffs implements HandOffs {

    private final Entitlements entitlements;
    private final StoredEndpoints endpoints;
    private final Vault vault;

    CheckedHandOffs(Entitlements entitlements, StoredEndpoints endpoints, Vault vault) {
        this.entitlements = entitlements;
        this.endpoints = endpoints;
        this.vault = vault;
    }

    @Override
    public HandOff handOff(AppKey app, String slug, Predicate<ServerVersion> known) {
        entitlements.require(app.organization(), Feature.CUSTOM_MCP_SERVERS);
        app.mustBeAllowedToAskFor(slug);
        StoredEndpoint endpoint = find(app.organization(), slug);
        return known.test(endpoint.serverVersion())
                ? new HandOff.Unchanged(endpoint.serverVersion())
                : open(app.organization(), endpoint);
    }

    /** Asks for, and repeats, the slug only if it is one: anything might have been put into the path by mistake. */
    private StoredEndpoint find(OrganizationId organization, String slug) {
        if (!Slug.isValid(slug)) {
            throw new Rejected(RegistryRejection.UNKNOWN_MCP_SERVER, "Unknown MCP server");
        }
        return endpoints.find(organization, slug).orElseThrow(
                () -> new Rejected(RegistryRejection.UNKNOWN_MCP_SERVER, "Unknown MCP server: " + slug));
    }

    private HandOff open(OrganizationId organization, StoredEndpoint endpoint) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (endpoint.bearer() != null) {
            headers.put("Authorization", "Bearer "
                    + reveal(SecretPurpose.bearer(organization, endpoint.serverId()), endpoint.bearer()));
        }
        for (StaticHeader header : endpoint.headers()) {
            headers.put(header.name().value(), header.valueOr(
                    ref -> reveal(SecretPurpose.header(organization, endpoint.serverId(), header.name()), ref)));
        }
        return new HandOff.Endpoint(endpoint.serverVersion(), endpoint.slug(), endpoint.displayName(), endpoint.url(),
                endpoint.transport(), headers);
    }

    private String reveal(SecretContext context, SecretRef ref) {
        try (PlainSecret secret = vault.open(context, ref)) {
            return secret.reveal();
        }
    }
}
