package build.leash.secrets.env;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretRef;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** @param changedAt when the source says that it changed; null for now */
record HoldFirst(@TargetAggregateIdentifier EnvEntryId id, OrganizationId organizationId, SecretRef value,
        @Nullable Instant changedAt) {}
