package build.leash.secrets.api.event;

import build.leash.access.api.event.RecordedEvent;

/** What happened to an organization's apps, secret sources and env values. No event carries a value or a credential. */
public sealed interface EnvEvent extends RecordedEvent
        permits AppRegistered, AppRenamed, ManifestSynced, AppRemoved, SourceAdded, SourceChanged, SourceRemoved,
        SourceFailed,
        SourceRecovered, SourceSynced, EnvValueChanged, EnvValueRemoved, NotificationsSet, NotificationsStopped {}
