package build.leash.access.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.OrganizationFounded;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;

/** An organization with its members and API keys. */
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
public class Organization {

    /** How many keys may be in force at once. */
    static final int MAX_API_KEYS = 1_000;

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon and by the snapshot
    private OrganizationId id;
    /** Not final: Jackson fills no final field when it reads a snapshot. */
    private Set<ApiKeyId> keysInForce = new HashSet<>();

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    Organization() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    Organization(FoundOrganization command) {
        apply(new OrganizationFounded(command.organizationId(), command.name()));
        apply(new MemberAdded(command.organizationId(), command.owner(), Role.OWNER));
    }

    @CommandHandler
    void handle(IssueApiKey command) {
        thereIsRoomForAnotherKey();
        ApiKeyRequest request = command.request();
        apply(new ApiKeyIssued(command.organizationId(), command.keyId(), request.kind(), request.name(),
                request.role(), request.slugs(), request.expiresAt(), command.sha256()));
    }

    @CommandHandler
    void handle(RevokeApiKey command) {
        onlyKeysInForceCanBeRevoked(command.keyId());
        apply(new ApiKeyRevoked(command.organizationId(), command.keyId()));
    }

    @EventSourcingHandler
    void on(OrganizationFounded event) {
        id = event.organizationId();
    }

    @EventSourcingHandler
    void on(ApiKeyIssued event) {
        keysInForce.add(event.keyId());
    }

    @EventSourcingHandler
    void on(ApiKeyRevoked event) {
        keysInForce.remove(event.keyId());
    }

    private void thereIsRoomForAnotherKey() {
        if (keysInForce.size() >= MAX_API_KEYS) {
            throw new Rejected(AccessRejection.LIMIT_REACHED,
                    "An organization has at most " + MAX_API_KEYS + " API keys. Revoke one that is not needed.");
        }
    }

    private void onlyKeysInForceCanBeRevoked(ApiKeyId key) {
        if (!keysInForce.contains(key)) {
            throw new Rejected(AccessRejection.UNKNOWN_API_KEY, "Unknown API key: " + key);
        }
    }
}
