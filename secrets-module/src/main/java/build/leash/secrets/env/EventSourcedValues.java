package build.leash.secrets.env;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Caller;
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
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.ValueView;
import build.leash.secrets.api.Vault;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what owners and builders do to native values into commands, one write at a time per source. */
final class EventSourcedValues implements NativeValues {

    private final StoredSources sources;
    private final StoredValues values;
    private final Entitlements entitlements;
    private final Vault vault;
    private final Writes writes;
    private final EventSourcedHoldings holdings;

    EventSourcedValues(StoredSources sources, StoredValues values, Entitlements entitlements, Vault vault,
            Writes writes, EventSourcedHoldings holdings) {
        this.sources = sources;
        this.values = values;
        this.entitlements = entitlements;
        this.vault = vault;
        this.writes = writes;
        this.holdings = holdings;
    }

    @Override
    public ValueView set(Caller caller, SourceId source, EnvKey key, EnvValue value, @Nullable Long expected) {
        Sealer sealer = mayChangeValues(caller);
        return exclusively(caller, source, () -> {
            thereIsRoomFor(key, caller.organization(), source);
            return hold(caller, sealer, new EnvEntryId(source, key), value.secret(), null, expected);
        });
    }

    @Override
    public ValueView rollBack(Caller caller, SourceId source, EnvKey key, long version, @Nullable Long expected) {
        Sealer sealer = mayChangeValues(caller);
        OrganizationId organization = caller.organization();
        mustBeNative(organization, source);
        mustBeHeld(organization, source, key);
        SecretRef earlier = kept(organization, source, key, version);
        try (PlainSecret plain = vault.open(SourcePurpose.value(organization, source, key), earlier)) {
            return exclusively(caller, source, () -> {
                kept(organization, source, key, version);
                return hold(caller, sealer, new EnvEntryId(source, key), plain, version, expected);
            });
        }
    }

    @Override
    public void remove(Caller caller, SourceId source, EnvKey key, @Nullable Long expected) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        exclusively(caller, source, () -> {
            mustBeHeld(caller.organization(), source, key);
            holdings.letGo(caller, new EnvEntryId(source, key), expected);
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

    private ValueView hold(Caller caller, Sealer sealer, EnvEntryId id, PlainSecret plain, @Nullable Long restoredFrom,
            @Nullable Long expected) {
        holdings.hold(caller, sealer, id, plain, KEPT_VERSIONS, restoredFrom, expected);
        return values.find(caller.organization(), id.source(), id.key()).orElseThrow();
    }

    private <T> T exclusively(Caller caller, SourceId source, Supplier<T> work) {
        return writes.exclusively(EventSourcedHoldings.subject(source), () -> {
            mustBeNative(caller.organization(), source);
            return work.get();
        });
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
