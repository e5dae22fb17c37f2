package build.leash.secrets.env;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

record StopNotifications(@TargetAggregateIdentifier NotificationsId id) {}
