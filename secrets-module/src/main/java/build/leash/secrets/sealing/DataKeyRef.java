package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import java.util.UUID;

/** A data key and the organization whose it is: the one is never looked up without the other. */
record DataKeyRef(OrganizationId organization, UUID id) {}
