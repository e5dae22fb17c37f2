package build.leash.access.organization;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Writes;
import build.leash.access.people.Newcomers;
import build.leash.access.people.Passwords;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Founds organizations. A person's address and password hash stay in their own table, outside the event log. */
final class EventSourcedOrganizations implements Organizations {

    private final JdbcClient jdbc;
    private final Passwords passwords;
    private final Newcomers newcomers;
    private final Writes writes;
    private final Commands commands;

    EventSourcedOrganizations(JdbcClient jdbc, Passwords passwords, Newcomers newcomers, Writes writes,
            Commands commands) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.newcomers = newcomers;
        this.writes = writes;
        this.commands = commands;
    }

    @Override
    public boolean none() {
        return !jdbc.sql("select exists (select from access.organization)").query(Boolean.class).single();
    }

    @Override
    public DisplayName name(OrganizationId organization) {
        return jdbc.sql("select name from access.organization where id = ?").param(organization.value())
                .query((row, number) -> DisplayName.of(row.getString("name"))).optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no organization " + organization));
    }

    @Override
    public PersonId found(Caller founder, DisplayName name, EmailAddress ownerEmail, PlainPassword ownerPassword) {
        String passwordHash = passwords.hash(ownerPassword);
        return writes.exclusively("person:" + ownerEmail, () -> {
            PersonId owner = newcomers.knownOrAdded(ownerEmail, passwordHash);
            commands.send(founder, new FoundOrganization(founder.organization(), name, owner));
            return owner;
        });
    }

    @Override
    public void found(Caller founder, DisplayName name, PersonId owner) {
        writes.exclusively("founder:" + owner, () -> {
            thereIsRoomForAnother(owner);
            commands.send(founder, new FoundOrganization(founder.organization(), name, owner));
            return owner;
        });
    }

    private void thereIsRoomForAnother(PersonId owner) {
        int owned = jdbc.sql("select count(*) from access.member where person_id = ? and role = ?")
                .params(owner.value(), Role.OWNER.toString()).query(Integer.class).single();
        if (owned >= MAX_ORGANIZATIONS_PER_PERSON) {
            throw new Rejected(AccessRejection.LIMIT_REACHED, "A person owns at most " + MAX_ORGANIZATIONS_PER_PERSON
                    + " organizations. Give one that is not needed to somebody else.");
        }
    }
}
