package build.leash.access.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of the caller's organization and those invited to it. A change that returns is committed and holds for
 * every request that begins afterwards on any node.
 */
public interface Members {

    /** How many days an invitation can be accepted. */
    int INVITATION_DAYS = 14;

    /** The members by address. There are at most {@value #MAX_MEMBERS}. */
    List<MemberView> list(Caller caller);

    /** How many members, and invitations beside them, an organization may have. */
    int MAX_MEMBERS = 500;

    /** @throws Rejected {@link AccessRejection#UNKNOWN_MEMBER}, {@link AccessRejection#LAST_OWNER} */
    void changeRole(Caller caller, PersonId person, Role role);

    /** @throws Rejected {@link AccessRejection#UNKNOWN_MEMBER}, {@link AccessRejection#LAST_OWNER} */
    void remove(Caller caller, PersonId person);

    /**
     * Invites somebody. The answer is the only place where the token is ever seen. An earlier invitation of the same
     * address is withdrawn.
     *
     * @throws Rejected {@link AccessRejection#ALREADY_MEMBER}, {@link AccessRejection#LIMIT_REACHED}
     */
    Invited invite(Caller caller, EmailAddress email, Role role);

    /** The invitations in force, by address; for those who manage members. */
    List<InvitationView> invitations(Caller caller);

    /** @throws Rejected {@link AccessRejection#UNKNOWN_INVITATION} */
    void withdraw(Caller caller, InvitationId id);

    /** The invitation that the token opens. */
    Optional<InvitationView> invitation(PlainToken token);

    /** The invitations in force of an address, whichever organization made them. */
    List<InvitationView> invitationsOf(EmailAddress email);

    /**
     * Accepts an invitation: its address becomes a member.
     *
     * @param password of a person who is not known yet; null for one who is
     * @throws Rejected {@link AccessRejection#UNKNOWN_INVITATION}, {@link AccessRejection#ALREADY_MEMBER}, or
     *         {@link AccessRejection#FORBIDDEN} if the person is known and a password came along, or the other way
     *         round, or {@link AccessRejection#TOO_BUSY} if too many passwords wait to be hashed
     */
    PersonId accept(InvitationId id, @Nullable PlainPassword password, String requestId);

    /** An invitation just made, with its only plaintext. */
    record Invited(InvitationView invitation, PlainToken token) {}
}
