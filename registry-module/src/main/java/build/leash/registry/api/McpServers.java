package build.leash.registry.api;

import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Slug;
import build.leash.secrets.api.Vault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The MCP servers of the caller's organization. A change that returns is committed, and seen by every fetch that begins
 * afterwards on any node.
 *
 * <p>
 * Besides what each method names, all are rejected with {@link build.leash.access.api.AccessRejection#FORBIDDEN}, those
 * that change something with {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED} (except {@link #revoke})
 * or {@link build.leash.access.api.AccessRejection#STORAGE_UNAVAILABLE}, and those that take a secret as
 * {@link Vault#sealerFor} is.
 */
public interface McpServers {

    /** @throws build.leash.access.api.Rejected {@link RegistryRejection#SLUG_TAKEN}, or a limit is reached */
    McpServerView register(Caller caller, Registration registration);

    /**
     * Changes the endpoint; the version stays if nothing becomes different.
     *
     * @param expected the version to be changed; null for whatever it is now
     * @throws build.leash.access.api.Rejected {@link RegistryRejection#UNKNOWN_MCP_SERVER},
     *         {@link RegistryRejection#VERSION_CONFLICT}
     */
    McpServerView change(Caller caller, Slug slug, Change change, @Nullable ServerVersion expected);

    /**
     * Replaces the bearer; a server without one has one from then on.
     *
     * @param expected the version to be changed; null for whatever it is now
     * @throws build.leash.access.api.Rejected {@link RegistryRejection#UNKNOWN_MCP_SERVER},
     *         {@link RegistryRejection#VERSION_CONFLICT}
     */
    McpServerView rotate(Caller caller, Slug slug, BearerToken token, @Nullable ServerVersion expected);

    /**
     * Ends the server and frees its slug. Allowed on every plan.
     *
     * @param expected the version to be revoked; null for whatever it is now
     * @throws build.leash.access.api.Rejected {@link RegistryRejection#UNKNOWN_MCP_SERVER},
     *         {@link RegistryRejection#VERSION_CONFLICT}
     */
    void revoke(Caller caller, Slug slug, @Nullable ServerVersion expected);

    /** @throws build.leash.access.api.Rejected {@link RegistryRejection#UNKNOWN_MCP_SERVER} */
    McpServerView get(Caller caller, Slug slug);

    /** The server that has the slug, if one has. */
    Optional<McpServerView> find(Caller caller, Slug slug);

    /** The servers by slug. */
    Page<McpServerView> list(Caller caller, PageRequest page);

    /** The servers, by slug, with this text in their slug, name or URL, in whatever case; all of them for none. */
    Page<McpServerView> search(Caller caller, String text, PageRequest page);

    /** How many there are of them. */
    int count(Caller caller, String text);
}
