package build.leash.secrets.sealing;

import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Organizations without an event log; of their people it keeps nothing. */
final class InMemoryOrganizations implements Organizations {

    private final Map<OrganizationId, DisplayName> names = new ConcurrentHashMap<>();

    @Override
    public DisplayName name(OrganizationId organization) {
        DisplayName name = names.get(organization);
        if (name == null) {
            throw new IllegalArgumentException("There is no organization " + organization);
        }
        return name;
    }

    @Override
    public boolean none() {
        return names.isEmpty();
    }

    @Override
    public void found(Caller founder, DisplayName name, PersonId owner) {
        names.put(founder.organization(), name);
    }

    @Override
    public PersonId found(Caller founder, DisplayName name, EmailAddress ownerEmail, PlainPassword ownerPassword) {
        PersonId owner = PersonId.random();
        found(founder, name, owner);
        return owner;
    }
}
