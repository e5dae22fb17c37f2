package build.leash.app.dashboard.activity;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.PersonId;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.EventName;
import build.leash.access.api.event.InvitationAccepted;
import build.leash.access.api.event.InvitationWithdrawn;
import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.MemberInvited;
import build.leash.access.api.event.MemberRemoved;
import build.leash.access.api.event.MemberRoleChanged;
import build.leash.access.api.event.OrganizationFounded;
import build.leash.access.api.event.RecordedEvent;
import build.leash.billing.api.event.PlanChanged;
import build.leash.billing.api.event.SubscriptionStarted;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import build.leash.secrets.api.event.DataKeyRotated;
import build.leash.secrets.api.event.EncryptionKeyAssigned;
import build.leash.secrets.api.event.EncryptionKeyRotated;
import build.leash.secrets.api.event.KeyDestructionScheduled;
import build.leash.secrets.api.event.OrganizationShredded;
import build.leash.secrets.api.event.SecretsReencrypted;
import build.leash.secrets.api.event.SecretsRewrapped;
import build.leash.secrets.api.event.AppRegistered;
import build.leash.secrets.api.event.AppRemoved;
import build.leash.secrets.api.event.AppRenamed;
import build.leash.secrets.api.event.EnvValueChanged;
import build.leash.secrets.api.event.EnvValueRemoved;
import build.leash.secrets.api.event.ManifestSynced;
import build.leash.secrets.api.event.SourceAdded;
import build.leash.secrets.api.event.SourceChanged;
import build.leash.secrets.api.event.SourceFailed;
import build.leash.secrets.api.event.SourceRecovered;
import build.leash.secrets.api.event.SourceRemoved;
import build.leash.secrets.api.event.SourceSynced;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Events in plain words. */
final class Words {

    private Words() {}

    /** @param people the addresses of those whom events are about */
    static String of(RecordedEvent event, Map<PersonId, String> people) {
        return switch (event) {
            case McpServerRegistered e -> "Registered " + e.slug();
            case McpServerChanged e -> "Changed " + e.slug() + ", version " + e.version();
            case BearerRotated e -> "Rotated the bearer of " + e.slug() + ", version " + e.version();
            case McpServerRevoked e -> "Revoked " + e.slug();
            case ApiKeyIssued e ->
                (e.kind() == ApiKeyKind.APP ? "Created the API key “" : "Created the management key “")
                        + e.name() + "”";
            case ApiKeyRevoked e -> "Revoked an API key";
            case OrganizationFounded e -> "Founded the organization";
            case MemberAdded e -> "Added " + name(e.personId(), people) + " as " + e.role();
            case MemberInvited e -> "Invited somebody as " + e.role();
            case InvitationWithdrawn e -> "Withdrew an invitation";
            case InvitationAccepted e -> "Accepted an invitation";
            case MemberRoleChanged e -> "Changed the role of " + name(e.personId(), people) + " from " + e.from()
                    + " to " + e.to();
            case MemberRemoved e -> "Removed " + name(e.personId(), people);
            case SubscriptionStarted e -> "Started on the plan " + e.plan();
            case AppRegistered e -> "Registered the app " + e.app();
            case AppRenamed e -> "Renamed the app " + e.app() + " to “" + e.displayName() + "”";
            case AppRemoved e -> "Removed the app " + e.app();
            case ManifestSynced e -> e.app() + " declares " + e.keys().size() + " keys";
            case SourceAdded e -> "Added the secret source “" + e.name() + "”";
            case SourceChanged e -> "Changed the secret source “" + e.name() + "”";
            case SourceRemoved e -> "Removed a secret source";
            case SourceFailed e -> "A secret source gives no answer: " + e.reason().replace('_', ' ');
            case SourceRecovered e -> "A secret source answers again";
            case SourceSynced e -> "Asked a secret source: " + e.changed() + " changed, " + e.removed() + " gone";
            case EnvValueChanged e -> (e.restoredFrom() == null ? "Changed " : "Rolled back ") + e.key()
                    + ", version " + e.version();
            case EnvValueRemoved e -> "Removed " + e.key();
            case PlanChanged e -> "Moved from the plan " + e.from() + " to " + e.to();
            case EncryptionKeyAssigned e -> "Moved to an encryption key of " + e.provider();
            case EncryptionKeyRotated e -> "Rotated the encryption key";
            case SecretsRewrapped e -> "Wrapped all data keys anew";
            case DataKeyRotated e -> "Made a new data key";
            case SecretsReencrypted e -> "Sealed all secrets anew";
            case OrganizationShredded e -> "Shredded all secrets";
            case KeyDestructionScheduled e -> "Had the encryption key destroyed";
            default -> inWords(Objects.requireNonNull(event.getClass().getAnnotation(EventName.class)).value());
        };
    }

    /** The person whom the event is about, besides who did it. */
    static Optional<PersonId> person(RecordedEvent event) {
        return switch (event) {
            case MemberAdded e -> Optional.of(e.personId());
            case MemberRoleChanged e -> Optional.of(e.personId());
            case MemberRemoved e -> Optional.of(e.personId());
            default -> Optional.empty();
        };
    }

    private static String name(PersonId person, Map<PersonId, String> people) {
        return people.getOrDefault(person, "somebody");
    }

    /** The words of an event's name, for one that nobody has put into better ones: {@code module.some-fact}. */
    private static String inWords(String eventName) {
        String words = eventName.substring(eventName.indexOf('.') + 1).replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
