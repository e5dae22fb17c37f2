package build.leash.registry.server;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Slug;
import build.leash.access.api.Writes;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.Change;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RegistryRejection;
import build.leash.registry.api.SecretPurpose;
import build.leash.registry.api.ServerVersion;
import build.leash.registry.api.StaticHeader;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Turns what owners and builders ask for into commands. Asks who may do it and what the plan includes, gets ready to
 * seal, and then, one write at a time per slug, seals for the version to come and sends the command.
 */
final class EventSourcedMcpServers implements McpServers {

    /** How many servers an organization may have registered at once. */
    static final int MAX_SERVERS = 20_000;

    private static final long FIRST_VERSION = 1;

    private final StoredMcpServers servers;
    private final Entitlements entitlements;
    private final Vault vault;
    private final Writes writes;
    private final Commands commands;

    EventSourcedMcpServers(StoredMcpServers servers, Entitlements entitlements, Vault vault, Writes writes,
            Commands commands) {
        this.servers = servers;
        this.entitlements = entitlements;
        this.vault = vault;
        this.writes = writes;
        this.commands = commands;
    }

    @Override
    public McpServerView register(Caller caller, Registration registration) {
        mayChangeServers(caller);
        OrganizationId organization = caller.organization();
        Sealer sealer = sealerFor(organization,
                registration.bearer() != null || HeaderSealing.isNeededFor(registration.headers()));
        return oneAtATime(organization, registration.slug(), () -> {
            slugIsFree(organization, registration.slug());
            thereIsRoomForAnotherServer(organization);
            McpServerId id = McpServerId.random();
            SecretRef bearer = registration.bearer() == null
                    ? null
                    : seal(sealer, organization, id, registration.bearer(), FIRST_VERSION);
            List<StaticHeader> headers = new HeaderSealing(sealer, organization, id, List.of())
                    .record(registration.headers(), FIRST_VERSION);
            send(caller, new RegisterMcpServer(id, organization, registration.slug(), registration.displayName(),
                    registration.url(), registration.transport(), bearer, headers));
            return registered(organization, registration.slug());
        });
    }

    @Override
    public McpServerView change(Caller caller, Slug slug, Change change, @Nullable ServerVersion expected) {
        mayChangeServers(caller);
        OrganizationId organization = caller.organization();
        Sealer sealer = sealerFor(organization,
                change.headers() != null && HeaderSealing.isNeededFor(change.headers()));
        return oneAtATime(organization, slug, () -> {
            McpServerView server = registered(organization, slug);
            nobodyRegisteredItAnew(server, expected);
            List<StaticHeader> headers = change.headers() == null
                    ? null
                    : new HeaderSealing(sealer, organization, server.id(), server.headers())
                            .record(change.headers(), server.version() + 1);
            send(caller, new ChangeMcpServer(server.id(), change.displayName(), change.url(), change.transport(),
                    headers, version(expected)));
            if (headers != null) {
                retireReplaced(server, headers);
            }
            return registered(organization, slug);
        });
    }

    @Override
    public McpServerView rotate(Caller caller, Slug slug, BearerToken token, @Nullable ServerVersion expected) {
        mayChangeServers(caller);
        OrganizationId organization = caller.organization();
        Sealer sealer = vault.sealerFor(organization);
        return oneAtATime(organization, slug, () -> {
            McpServerView server = registered(organization, slug);
            nobodyRegisteredItAnew(server, expected);
            SecretRef bearer = seal(sealer, organization, server.id(), token, server.version() + 1);
            send(caller, new RotateBearer(server.id(), bearer, version(expected)));
            vault.retire(SecretPurpose.bearer(organization, server.id()), bearer.version());
            return registered(organization, slug);
        });
    }

    @Override
    public void revoke(Caller caller, Slug slug, @Nullable ServerVersion expected) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        oneAtATime(caller.organization(), slug, () -> {
            McpServerView server = registered(caller.organization(), slug);
            nobodyRegisteredItAnew(server, expected);
            send(caller, new RevokeServer(server.id(), version(expected)));
            vault.retireAll(caller.organization(), server.id().toString());
            return server;
        });
    }

    @Override
    public McpServerView get(Caller caller, Slug slug) {
        caller.mustBeAllowedTo(Permission.READ);
        return registered(caller.organization(), slug);
    }

    @Override
    public Optional<McpServerView> find(Caller caller, Slug slug) {
        caller.mustBeAllowedTo(Permission.READ);
        return servers.find(caller.organization(), slug);
    }

    @Override
    public Page<McpServerView> list(Caller caller, PageRequest page) {
        caller.mustBeAllowedTo(Permission.READ);
        return servers.list(caller.organization(), page);
    }

    @Override
    public Page<McpServerView> search(Caller caller, String text, PageRequest page) {
        caller.mustBeAllowedTo(Permission.READ);
        return servers.search(caller.organization(), text, page);
    }

    @Override
    public int count(Caller caller, String text) {
        caller.mustBeAllowedTo(Permission.READ);
        return servers.count(caller.organization(), text);
    }

    /** What has no secret is written whatever is the matter with the organization's key. */
    private Sealer sealerFor(OrganizationId organization, boolean needed) {
        return needed ? vault.sealerFor(organization) : (context, version, secret) -> {
            throw new IllegalStateException("There was nothing to seal");
        };
    }

    private void mayChangeServers(Caller caller) {
        caller.mustBeAllowedTo(Permission.CHANGE_SERVERS);
        entitlements.require(caller.organization(), Feature.CUSTOM_MCP_SERVERS);
    }

    private <T> T oneAtATime(OrganizationId organization, Slug slug, Supplier<T> work) {
        return writes.exclusively("mcp-server:" + organization + "/" + slug, work);
    }

    private void send(Caller caller, Object command) {
        try {
            commands.send(caller, command);
        } catch (DuplicateKeyException e) {
            throw new Rejected(RegistryRejection.SLUG_TAKEN, "The slug is taken by another MCP server.");
        }
    }

    private McpServerView registered(OrganizationId organization, Slug slug) {
        return servers.find(organization, slug).orElseThrow(
                () -> new Rejected(RegistryRejection.UNKNOWN_MCP_SERVER, "Unknown MCP server: " + slug));
    }

    private void slugIsFree(OrganizationId organization, Slug slug) {
        if (servers.find(organization, slug).isPresent()) {
            throw new Rejected(RegistryRejection.SLUG_TAKEN, "The slug is taken by another MCP server: " + slug);
        }
    }

    private void thereIsRoomForAnotherServer(OrganizationId organization) {
        if (servers.hasAtLeast(organization, MAX_SERVERS)) {
            throw new Rejected(AccessRejection.LIMIT_REACHED,
                    "An organization has at most " + MAX_SERVERS + " MCP servers. Revoke one that is not needed.");
        }
    }

    private static void nobodyRegisteredItAnew(McpServerView server, @Nullable ServerVersion expected) {
        if (expected != null && !expected.serverId().equals(server.id())) {
            throw new Rejected(RegistryRejection.VERSION_CONFLICT,
                    "The slug " + server.slug() + " belongs to a server that was registered later.");
        }
    }

    private static @Nullable Long version(@Nullable ServerVersion expected) {
        return expected == null ? null : expected.version();
    }

    /** Of each header that the server had, what is older than the one it has now, or all if it has none. */
    private void retireReplaced(McpServerView server, List<StaticHeader> now) {
        for (StaticHeader before : server.headers()) {
            long kept = now.stream().filter(header -> header.name().key().equals(before.name().key()))
                    .map(StaticHeader::secret).filter(Objects::nonNull).mapToLong(SecretRef::version).findFirst()
                    .orElse(server.version() + 1);
            vault.retire(SecretPurpose.header(server.organization(), server.id(), before.name()), kept);
        }
    }

    private static SecretRef seal(Sealer sealer, OrganizationId organization, McpServerId server, BearerToken token,
            long version) {
        return sealer.seal(SecretPurpose.bearer(organization, server), version, token.secret());
    }
}
