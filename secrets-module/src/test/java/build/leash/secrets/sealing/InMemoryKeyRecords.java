package build.leash.secrets.sealing;

import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsProviders;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Assignments without an event log: an organization keeps the key that its current data key has. */
record InMemoryKeyRecords(KmsProviders providers, StoredDataKeys dataKeys) implements KeyRecords {

    @Override
    public Optional<Assignment> assignedTo(OrganizationId organization) {
        AssignedKey key = dataKeys.current(organization)
                .map(row -> new AssignedKey(row.provider(), row.wrapped().keyName())).orElseGet(() -> {
                    Kms kms = providers.forNewOrganizations();
                    return new AssignedKey(kms.provider(), kms.createKey(organization));
                });
        return Optional.of(new Assignment(key, 1));
    }

    @Override
    public void rotateDataKey(OrganizationId organization, @Nullable Caller onBehalfOf, UUID from, UUID to,
            BooleanSupplier swap) {
        swap.getAsBoolean();
    }
}
