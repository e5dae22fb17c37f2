package build.leash.access.api.event;

/** What happened to an organization, its members and its API keys. */
public sealed interface AccessEvent extends RecordedEvent
        permits OrganizationFounded, MemberInvited, InvitationWithdrawn, InvitationAccepted, MemberAdded,
        MemberRoleChanged, MemberRemoved, ApiKeyIssued, ApiKeyRevoked {}
