package build.leash.secrets.env;

import build.leash.secrets.api.SecretRef;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record SetFirstNotifications(@TargetAggregateIdentifier NotificationsId id, String url, SecretRef secret) {}
