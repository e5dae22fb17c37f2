package build.leash.secrets.env;

import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.Vault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes what sources hold, whoever says so. Only under the lock of the source, where nobody overtakes it. */
final class EventSourcedHoldings {

    private final StoredValues values;
    private final Vault vault;
    private final Commands commands;

    EventSourcedHoldings(StoredValues values, Vault vault, Commands commands) {
        this.values = values;
        this.vault = vault;
        this.commands = commands;
    }

    /** What a source holds changes under this lock only, and a source is changed and removed under it. */
    static String subject(SourceId source) {
        return "env-source:" + source;
    }

    /**
     * Seals a value for the next version and records it.
     *
     * @param kept how many versions can be opened afterwards, the new one included
     * @param restoredFrom the earlier version whose value it is; null if it is a new one
     * @param expected the version to be replaced; null for whatever there is now, or nothing
     */
    void hold(Caller caller, Sealer sealer, EnvEntryId id, PlainSecret plain, int kept, @Nullable Long restoredFrom,
            @Nullable Long expected) {
        OrganizationId organization = caller.organization();
        Optional<StoredValues.Entry> before = values.entry(organization, id.source(), id.key());
        if (before.isEmpty() && expected != null) {
            throw new Rejected(SecretsRejection.VERSION_CONFLICT, "The source does not hold " + id.key() + ".");
        }
        long version = before.map(StoredValues.Entry::version).orElse(0L) + 1;
        SecretContext context = context(organization, id);
        SecretRef sealed = sealer.seal(context, version, plain);
        commands.send(caller, before.isEmpty()
                ? new HoldFirst(id, organization, sealed)
                : new Hold(id, sealed, restoredFrom, expected));
        vault.retire(context, version - kept + 1);
    }

    /** @param expected the version to be removed; null for whatever it is now */
    void letGo(Caller caller, EnvEntryId id, @Nullable Long expected) {
        commands.send(caller, new LetGo(id, expected));
        vault.retire(context(caller.organization(), id), Long.MAX_VALUE);
    }

    private static SecretContext context(OrganizationId organization, EnvEntryId id) {
        return SourcePurpose.value(organization, id.source(), id.key());
    }
}
