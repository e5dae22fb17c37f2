package build.leash.access.api.event;

import build.leash.access.api.OrganizationId;

/**
 * A fact in the event log. Belongs to one organization, carries an explicit {@link EventName} and a revision, and
 * neither a secret nor personal data: the log is append-only and can be exported.
 */
public interface RecordedEvent {

    OrganizationId organizationId();
}
