package build.leash.access.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.InvitationId;
import build.leash.access.api.Members;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.InvitationAccepted;
import build.leash.access.api.event.InvitationWithdrawn;
import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.MemberInvited;
import build.leash.access.api.event.MemberRemoved;
import build.leash.access.api.event.MemberRoleChanged;
import build.leash.access.api.event.OrganizationFounded;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;

/** An organization with its members and API keys. */
@Revision("2")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
public class Organization {

    /** How many keys may be there at once, those included that have expired and were not revoked yet. */
    static final int MAX_API_KEYS = 1_000;

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon and by the snapshot
    private OrganizationId id;
    /** None is final: Jackson fills no final field when it reads a snapshot. */
    private Set<ApiKeyId> keysInForce = new HashSet<>();
    private Map<PersonId, Role> members = new HashMap<>();
    private Map<InvitationId, Role> invitations = new HashMap<>();

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
                request.role(), request.slugs(), request.expiresAt(), command.sha256(), request.app()));
    }

    @CommandHandler
    void handle(RevokeApiKey command) {
        onlyKeysInForceCanBeRevoked(command.keyId());
        apply(new ApiKeyRevoked(command.organizationId(), command.keyId()));
    }

    @CommandHandler
    void handle(InviteMember command) {
        thereIsRoomForAnotherMember();
        apply(new MemberInvited(id, command.invitationId(), command.role()));
    }

    @CommandHandler
    void handle(WithdrawInvitation command) {
        onlyOpenInvitationsCanBeUsed(command.invitationId());
        apply(new InvitationWithdrawn(id, command.invitationId()));
    }

    @CommandHandler
    void handle(AcceptInvitation command) {
        Role role = onlyOpenInvitationsCanBeUsed(command.invitationId());
        nobodyJoinsTwice(command.person());
        apply(new InvitationAccepted(id, command.invitationId(), command.person()));
        apply(new MemberAdded(id, command.person(), role));
    }

    @CommandHandler
    void handle(ChangeMemberRole command) {
        Role current = onlyMembersCanChange(command.person());
        if (current != command.role()) {
            somebodyElseRemainsOwner(command.person());
            apply(new MemberRoleChanged(id, command.person(), current, command.role()));
        }
    }

    @CommandHandler
    void handle(RemoveMember command) {
        onlyMembersCanChange(command.person());
        somebodyElseRemainsOwner(command.person());
        apply(new MemberRemoved(id, command.person()));
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

    @EventSourcingHandler
    void on(MemberAdded event) {
        members.put(event.personId(), event.role());
    }

    @EventSourcingHandler
    void on(MemberRoleChanged event) {
        members.put(event.personId(), event.to());
    }

    @EventSourcingHandler
    void on(MemberRemoved event) {
        members.remove(event.personId());
    }

    @EventSourcingHandler
    void on(MemberInvited event) {
        invitations.put(event.invitationId(), event.role());
    }

    @EventSourcingHandler
    void on(InvitationWithdrawn event) {
        invitations.remove(event.invitationId());
    }

    @EventSourcingHandler
    void on(InvitationAccepted event) {
        invitations.remove(event.invitationId());
    }

    private void thereIsRoomForAnotherMember() {
        if (members.size() + invitations.size() >= Members.MAX_MEMBERS) {
            throw new Rejected(AccessRejection.LIMIT_REACHED, "An organization has at most " + Members.MAX_MEMBERS
                    + " members and invitations. Remove one that is not needed.");
        }
    }

    private Role onlyOpenInvitationsCanBeUsed(InvitationId invitation) {
        Role role = invitations.get(invitation);
        if (role == null) {
            throw new Rejected(AccessRejection.UNKNOWN_INVITATION, "The invitation is not valid any more.");
        }
        return role;
    }

    private void nobodyJoinsTwice(PersonId person) {
        if (members.containsKey(person)) {
            throw new Rejected(AccessRejection.ALREADY_MEMBER, "This person is a member already.");
        }
    }

    private Role onlyMembersCanChange(PersonId person) {
        Role role = members.get(person);
        if (role == null) {
            throw new Rejected(AccessRejection.UNKNOWN_MEMBER, "This person is not a member.");
        }
        return role;
    }

    private void somebodyElseRemainsOwner(PersonId person) {
        boolean another = members.entrySet().stream()
                .anyMatch(member -> member.getValue() == Role.OWNER && !member.getKey().equals(person));
        if (!another) {
            throw new Rejected(AccessRejection.LAST_OWNER,
                    "An organization keeps at least one owner. Make somebody else an owner first.");
        }
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
