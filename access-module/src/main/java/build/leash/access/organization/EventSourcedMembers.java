package build.leash.access.organization;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvitationId;
import build.leash.access.api.InvitationView;
import build.leash.access.api.MemberView;
import build.leash.access.api.Members;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Writes;
import build.leash.access.people.Newcomers;
import build.leash.access.people.Passwords;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Turns what owners ask for into commands to the organization; addresses and tokens stay outside of them. */
final class EventSourcedMembers implements Members {

    private final JdbcClient jdbc;
    private final StoredInvitations invitations;
    private final Passwords passwords;
    private final Newcomers newcomers;
    private final Writes writes;
    private final Commands commands;
    private final Clock clock;

    EventSourcedMembers(JdbcClient jdbc, Passwords passwords, Newcomers newcomers, Writes writes, Commands commands,
            Clock clock) {
        this.jdbc = jdbc;
        this.invitations = new StoredInvitations(jdbc, clock);
        this.passwords = passwords;
        this.newcomers = newcomers;
        this.writes = writes;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public List<MemberView> list(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        return jdbc.sql("""
                select m.person_id, p.email, m.role, m.since
                from access.member m join access.person p on p.id = m.person_id
                where m.organization_id = ? order by p.email
                """).param(caller.organization().value())
                .query((row, number) -> new MemberView(PersonId.of(row.getString(1)),
                        Objects.requireNonNull(row.getString(2)), Role.of(row.getString(3)),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public void changeRole(Caller caller, PersonId person, Role role) {
        send(caller, new ChangeMemberRole(caller.organization(), person, role));
    }

    @Override
    public void remove(Caller caller, PersonId person) {
        send(caller, new RemoveMember(caller.organization(), person));
    }

    @Override
    public Invited invite(Caller caller, EmailAddress email, Role role) {
        caller.mustBeAllowedTo(Permission.MANAGE_MEMBERS);
        PlainToken token = PlainToken.generate();
        InvitationId id = InvitationId.random();
        return exclusively(caller.organization(), () -> {
            nobodyIsInvitedTwice(caller.organization(), email);
            invitations.replacedBy(caller.organization(), email).forEach(earlier -> withdrawn(caller, earlier));
            commands.send(caller, new InviteMember(caller.organization(), id, role));
            invitations.add(new InvitationView(id, caller.organization(), "", email, role, caller.actor().value(),
                    clock.instant().plus(Duration.ofDays(INVITATION_DAYS))), token);
            return new Invited(invitations.find(id).orElseThrow(), token);
        });
    }

    @Override
    public List<InvitationView> invitations(Caller caller) {
        caller.mustBeAllowedTo(Permission.MANAGE_MEMBERS);
        return invitations.of(caller.organization());
    }

    @Override
    public void withdraw(Caller caller, InvitationId id) {
        caller.mustBeAllowedTo(Permission.MANAGE_MEMBERS);
        exclusively(caller.organization(), () -> withdrawn(caller, id));
    }

    @Override
    public Optional<InvitationView> invitation(PlainToken token) {
        return invitations.find(token);
    }

    @Override
    public List<InvitationView> invitationsOf(EmailAddress email) {
        return invitations.of(email);
    }

    @Override
    public PersonId accept(InvitationId id, @Nullable PlainPassword password, String requestId) {
        String hash = password == null ? null : passwords.hash(password);
        InvitationView invitation = known(id);
        return exclusively(invitation.organization(), () -> {
            known(id);
            PersonId person = hash == null
                    ? newcomers.known(invitation.email())
                    : newcomers.added(invitation.email(), hash);
            Caller joining = new Caller(invitation.organization(), Actor.person(person), invitation.role(), requestId);
            commands.send(joining, new AcceptInvitation(invitation.organization(), id, person));
            invitations.delete(id);
            return person;
        });
    }

    private InvitationView known(InvitationId id) {
        return invitations.find(id).orElseThrow(() -> new Rejected(AccessRejection.UNKNOWN_INVITATION,
                "The invitation is not valid any more."));
    }

    private void nobodyIsInvitedTwice(OrganizationId organization, EmailAddress email) {
        boolean member = jdbc.sql("""
                select exists (select from access.member m join access.person p on p.id = m.person_id
                  where m.organization_id = ? and p.email = ?)
                """).params(organization.value(), email.value()).query(Boolean.class).single();
        if (member) {
            throw new Rejected(AccessRejection.ALREADY_MEMBER, "This person is a member already.");
        }
    }

    private InvitationId withdrawn(Caller caller, InvitationId id) {
        commands.send(caller, new WithdrawInvitation(caller.organization(), id));
        invitations.delete(id);
        return id;
    }

    private void send(Caller caller, Object command) {
        caller.mustBeAllowedTo(Permission.MANAGE_MEMBERS);
        exclusively(caller.organization(), () -> {
            commands.send(caller, command);
            return command;
        });
    }

    private <T> T exclusively(OrganizationId organization, Supplier<T> work) {
        return writes.exclusively("organization:" + organization, work);
    }
}
