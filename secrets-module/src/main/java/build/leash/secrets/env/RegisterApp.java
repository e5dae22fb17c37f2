package build.leash.secrets.env;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.AppId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RegisterApp(@TargetAggregateIdentifier AppId appId, OrganizationId organizationId, AppName name,
        DisplayName displayName) {}
