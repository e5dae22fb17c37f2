package build.leash.secrets.env;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record AddSource(@TargetAggregateIdentifier SourceId sourceId, OrganizationId organizationId, SourceKind kind,
        SourceTraits traits) {}
