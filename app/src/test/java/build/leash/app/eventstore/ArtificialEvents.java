package build.leash.app.eventstore;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.access.api.event.RecordedEvent;
import build.leash.billing.api.Plan;
import org.axonframework.serialization.Revision;

/** Events that no module records: how a later version might change one, and what a catalogue must not take. */
final class ArtificialEvents {

    private ArtificialEvents() {}

    sealed interface Later extends RecordedEvent permits PlanMoved {}

    /** {@code billing.plan-changed} as a third revision might have it: other words, and one more property. */
    @EventName("billing.plan-changed")
    @Revision("3")
    record PlanMoved(OrganizationId organizationId, Plan before, Plan after, String reason) implements Later {}

    sealed interface Notes extends RecordedEvent permits NoteTaken {}

    /** Revision 1 had its text in {@code note}, and no language. */
    @EventName("test.note-taken")
    @Revision("2")
    record NoteTaken(OrganizationId organizationId, String text, String language) implements Notes {}

    sealed interface Nameless extends RecordedEvent permits WithoutName {}

    @Revision("1")
    record WithoutName(OrganizationId organizationId) implements Nameless {}

    sealed interface Unrevised extends RecordedEvent permits WithoutRevision {}

    @EventName("test.without-revision")
    record WithoutRevision(OrganizationId organizationId) implements Unrevised {}
}
