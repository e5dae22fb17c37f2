package build.leash.secrets.env;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Writes;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.ValueView;
import build.leash.secrets.api.Vault;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what owners and builders do to native values into commands, one write at a time per source. */
final class EventSourcedValues implements NativeValues {

    private final StoredSources sources;
    private final StoredValues values;
    private final Entitlements entitlements;
    private final Vault vault;
    private final Writes writes;
    private final Commands commands;

    EventSourcedValues(StoredSources sources, StoredValues values, Entitlements entitlements, Vault vault,
            Writes writes, Commands commands) {
        this.sources = sources;
        this.values = values;
        this.entitlements = entitlements;
        this.vault = vault;
        this.writes = writes;
        this.commands = commands;
    }

    @Override
    public ValueView set(Caller caller, SourceId source, EnvKey key, EnvValue value) {
        Sealer sealer = mayChangeValues(caller);
        return exclusively(caller, source, () -> {
            thereIsRoomFor(key, caller.organization(), source);
            return hold(caller, sealer, source, key, value.secret(), null);
        });
    }

    @Override
    public ValueView rollBack(Caller caller, SourceId source, EnvKey key, long version) {
        Sealer sealer = mayChangeValues(caller);
        OrganizationId organization = caller.organization();
        mustBeNative(organization, source);
        mustBeHeld(organization, source, key);
        SecretRef earlier = kept(organization, source, key, version);
        try (PlainSecret plain = vault.open(SourcePurpose.value(organization, source, key), earlier)) {
            return exclusively(caller, source, () -> {
                kept(organization, source, key, version);
                return hold(caller, sealer, source, key, plain, version);
            });
        }
    }

    @Override
    public void remove(Caller caller, SourceId source, EnvKey key) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        exclusively(caller, source, () -> {
            mustBeHeld(caller.organization(), source, key);
            commands.send(caller, new LetGo(new EnvEntryId(source, key)));
            vault.retire(SourcePurpose.value(caller.organization(), source, key), Long.MAX_VALUE);
            return key;
        });
    }

    @Override
    public List<VersionView> versions(Caller caller, SourceId source, EnvKey key) {
        caller.mustBeAllowedTo(Permission.READ);
        isThere(caller.organization(), source);
        mustBeHeld(caller.organization(), source, key);
        return values.versions(caller.organization(), source, key);
    }

    private Sealer mayChangeValues(Caller caller) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        entitlements.require(caller.organization(), Feature.RUNTIME_ENV);
        return vault.sealerFor(caller.organization());
    }

    /** What is held under the lock of its source, where nobody overtakes it. */
    private ValueView hold(Caller caller, Sealer sealer, SourceId source, EnvKey key, PlainSecret plain,
            @Nullable Long restoredFrom) {
        OrganizationId organization = caller.organization();
        Optional<StoredValues.Entry> before = values.entry(organization, source, key);
        long version = before.map(StoredValues.Entry::version).orElse(0L) + 1;
        SecretContext context = SourcePurpose.value(organization, source, key);
        SecretRef sealed = sealer.seal(context, version, plain);
        EnvEntryId id = new EnvEntryId(source, key);
        commands.send(caller, before.isEmpty()
                ? new HoldFirst(id, organization, sealed, null)
                : new Hold(id, sealed, restoredFrom, null));
        vault.retire(context, version - KEPT_VERSIONS + 1);
        return values.find(organization, source, key).orElseThrow();
    }

    private <T> T exclusively(Caller caller, SourceId source, Supplier<T> work) {
        return writes.exclusively(subject(source), () -> {
            mustBeNative(caller.organization(), source);
            return work.get();
        });
    }

    /** What a source holds changes under this lock only, and a source is removed under it. */
    static String subject(SourceId source) {
        return "env-source:" + source;
    }

    private void mustBeNative(OrganizationId organization, SourceId source) {
        StoredSources.Row row = isThere(organization, source);
        if (row.isExternal()) {
            throw new Rejected(SecretsRejection.WRONG_KIND_OF_SOURCE,
                    "The values of this source are changed where they are kept: " + row.view().kind());
        }
    }

    private SecretRef kept(OrganizationId organization, SourceId source, EnvKey key, long version) {
        return values.version(organization, source, key, version).orElseThrow(() -> new Rejected(
                SecretsRejection.UNKNOWN_VERSION, "Version " + version + " of " + key + " is not kept."));
    }

    private StoredSources.Row isThere(OrganizationId organization, SourceId source) {
        return sources.find(organization, source).orElseThrow(
                () -> new Rejected(SecretsRejection.UNKNOWN_SOURCE, "Unknown secret source: " + source));
    }

    private void mustBeHeld(OrganizationId organization, SourceId source, EnvKey key) {
        if (values.entry(organization, source, key).filter(StoredValues.Entry::held).isEmpty()) {
            throw new Rejected(SecretsRejection.KEY_NOT_FOUND, "The source does not hold " + key + ".");
        }
    }

    private void thereIsRoomFor(EnvKey key, OrganizationId organization, SourceId source) {
        boolean isNew = values.entry(organization, source, key).filter(StoredValues.Entry::held).isEmpty();
        if (isNew && values.count(organization, source) >= MAX_KEYS) {
            throw new Rejected(AccessRejection.LIMIT_REACHED,
                    "A source holds at most " + MAX_KEYS + " keys. Remove one that is not needed.");
        }
    }
}
