package build.leash.secrets.sealing;

import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;

/** Nobody has founded any. */
final class NoOrganizations implements Organizations {

    @Override
    public DisplayName name(OrganizationId organization) {
        throw new IllegalArgumentException("There is no organization " + organization);
    }

    @Override
    public void found(Caller founder, DisplayName name, PersonId owner) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean none() {
        return true;
    }

    @Override
    public PersonId found(Caller founder, DisplayName name, EmailAddress ownerEmail, PlainPassword ownerPassword) {
        throw new UnsupportedOperationException();
    }
}
