package build.leash.registry.server;

import static java.util.Objects.requireNonNullElse;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Slug;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.RegistryRejection;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import build.leash.secrets.api.SecretRef;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** An MCP server, from its registration to its revocation. */
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class McpServer {

    @AggregateIdentifier
    private McpServerId id;
    private OrganizationId organizationId;
    private Slug slug;
    private Endpoint endpoint;
    private long version;
    private boolean revoked;

    /** What an owner can change about a server, but for its bearer. */
    record Endpoint(DisplayName displayName, HttpsUrl url, Transport transport, List<StaticHeader> headers) {}

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    McpServer() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    McpServer(RegisterMcpServer command) {
        isSealedFor(1, command.bearer());
        command.headers().forEach(header -> isSealedFor(1, header.secret()));
        apply(new McpServerRegistered(command.serverId(), command.organizationId(), command.slug(),
                command.displayName(), command.url(), command.transport(), command.bearer(), command.headers(), 1));
    }

    @CommandHandler
    void handle(ChangeMcpServer command) {
        revokedServersCannotChange();
        nobodyWasFaster(command.expectedVersion());
        Endpoint changed = new Endpoint(requireNonNullElse(command.displayName(), endpoint.displayName()),
                requireNonNullElse(command.url(), endpoint.url()),
                requireNonNullElse(command.transport(), endpoint.transport()),
                requireNonNullElse(command.headers(), endpoint.headers()));
        changed.headers().stream().filter(header -> !isKept(header))
                .forEach(header -> isSealedFor(version + 1, header.secret()));
        if (!changed.equals(endpoint)) {
            apply(new McpServerChanged(id, organizationId, slug, changed.displayName(), changed.url(),
                    changed.transport(), changed.headers(), version + 1));
        }
    }

    @CommandHandler
    void handle(RotateBearer command) {
        revokedServersCannotChange();
        nobodyWasFaster(command.expectedVersion());
        isSealedFor(version + 1, command.bearer());
        apply(new BearerRotated(id, organizationId, slug, command.bearer(), version + 1));
    }

    @CommandHandler
    void handle(RevokeServer command) {
        revokedServersCannotChange();
        nobodyWasFaster(command.expectedVersion());
        apply(new McpServerRevoked(id, organizationId, slug, version + 1));
    }

    @EventSourcingHandler
    void on(McpServerRegistered event) {
        id = event.serverId();
        organizationId = event.organizationId();
        slug = event.slug();
        endpoint = new Endpoint(event.displayName(), event.url(), event.transport(), event.headers());
        version = event.version();
    }

    @EventSourcingHandler
    void on(McpServerChanged event) {
        endpoint = new Endpoint(event.displayName(), event.url(), event.transport(), event.headers());
        version = event.version();
    }

    @EventSourcingHandler
    void on(BearerRotated event) {
        version = event.version();
    }

    @EventSourcingHandler
    void on(McpServerRevoked event) {
        version = event.version();
        revoked = true;
    }

    private void revokedServersCannotChange() {
        if (revoked) {
            throw new Rejected(RegistryRejection.SERVER_REVOKED, "The MCP server was revoked: " + slug);
        }
    }

    private void nobodyWasFaster(@Nullable Long expectedVersion) {
        if (expectedVersion != null && expectedVersion != version) {
            throw new Rejected(RegistryRejection.VERSION_CONFLICT,
                    "The MCP server " + slug + " is at version " + version + ", not " + expectedVersion + ".");
        }
    }

    /** A secret opens only under the version it was sealed for, so one sealed for another is never recorded. */
    private static void isSealedFor(long version, @Nullable SecretRef secret) {
        if (secret != null && secret.version() != version) {
            throw new IllegalStateException("A secret was sealed for version " + secret.version() + ", not " + version);
        }
    }

    /** A header that stays as it is keeps the secret that was sealed for an earlier version. */
    private boolean isKept(StaticHeader header) {
        return endpoint.headers().stream().anyMatch(recorded -> recorded.name().key().equals(header.name().key())
                && Objects.equals(recorded.secret(), header.secret()));
    }
}
