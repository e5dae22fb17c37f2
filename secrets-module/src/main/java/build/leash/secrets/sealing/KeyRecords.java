package build.leash.secrets.sealing;

import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Under which key an organization's data keys are to be wrapped, as the event log has it. */
public interface KeyRecords {

    /**
     * The organization's key; one is made and recorded if there is none. May ask KMS, so call it before a transaction
     * begins.
     *
     * @return empty if the organization was shredded
     */
    Optional<Assignment> assignedTo(OrganizationId organization);

    /**
     * Puts a data key in another one's place and records it, both or neither, in a transaction of its own.
     *
     * @param onBehalfOf null if nobody asked for it
     * @param swap says whether it was done
     */
    void rotateDataKey(OrganizationId organization, @Nullable Caller onBehalfOf, UUID from, UUID to,
            BooleanSupplier swap);

    /**
     * A key, and how often it was changed how data keys are to be wrapped.
     *
     * @param generation another one means that what was wrapped for this one must not be stored any more
     */
    record Assignment(AssignedKey key, long generation) {}
}
