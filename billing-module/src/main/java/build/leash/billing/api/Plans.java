package build.leash.billing.api;

import build.leash.access.api.OrganizationId;

/** The plans of organizations, for whoever remembers them from one request to the next. */
public interface Plans {

    /** The plan as the {@link build.leash.access.api.Reads#inOneView view} under way has it. */
    Plan inView(OrganizationId organization);
}
