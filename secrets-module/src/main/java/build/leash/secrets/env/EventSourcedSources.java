package build.leash.secrets.env;

import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Writes;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceChange;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceRequest;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.api.ValueView;
import build.leash.secrets.api.Vault;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Turns what owners and builders ask for into commands, one write at a time per organization's sources. */
final class EventSourcedSources implements SecretSources {

    private final StoredSources sources;
    private final StoredApps apps;
    private final StoredValues values;
    private final StoredSyncs syncs;
    private final Questions questions;
    private final Kinds kinds;
    private final Entitlements entitlements;
    private final Vault vault;
    private final Writes writes;
    private final Commands commands;

    EventSourcedSources(StoredSources sources, StoredApps apps, StoredValues values, StoredSyncs syncs,
            Questions questions, Kinds kinds, Entitlements entitlements, Vault vault, Writes writes,
            Commands commands) {
        this.sources = sources;
        this.apps = apps;
        this.values = values;
        this.syncs = syncs;
        this.questions = questions;
        this.kinds = kinds;
        this.entitlements = entitlements;
        this.vault = vault;
        this.writes = writes;
        this.commands = commands;
    }

    @Override
    public SourceView add(Caller caller, SourceRequest request) {
        Sealer sealer = mayChangeSources(caller);
        kinds.check(request.kind(), request.settings(), request.credential());
        OrganizationId organization = caller.organization();
        SourceId id = SourceId.random();
        return exclusively(organization, () -> {
            thereIsRoomForAnotherSource(organization);
            nameIsFree(organization, request.name().value(), id);
            appsAreThere(organization, request.apps());
            SourceTraits traits = new SourceTraits(request.name(), request.settings(),
                    sealed(sealer, organization, id, request.credential(), 1), request.apps(), request.staleSeconds());
            send(caller, new AddSource(id, organization, request.kind(), traits));
            return known(organization, id).view();
        });
    }

    @Override
    public SourceView change(Caller caller, SourceId id, SourceChange change) {
        Sealer sealer = mayChangeSources(caller);
        OrganizationId organization = caller.organization();
        return exclusively(organization, () -> {
            StoredSources.Row source = known(organization, id);
            kinds.check(source.view(), requireNonNullElse(change.settings(), source.view().settings()),
                    change.credential());
            if (change.name() != null) {
                nameIsFree(organization, change.name().value(), id);
            }
            appsAreThere(organization, requireNonNullElse(change.apps(), List.of()));
            SecretRef credential = sealed(sealer, organization, id, change.credential(), source.view().version() + 1);
            send(caller, new ChangeSource(id, changed(source, change, credential)));
            if (credential != null) {
                vault.retire(SourcePurpose.credential(organization, id), credential.version());
            }
            if (change.settings() != null || credential != null) {
                syncs.forget(organization, id);
            }
            return known(organization, id).view();
        });
    }

    @Override
    public void remove(Caller caller, SourceId id) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        exclusively(caller.organization(), () -> writes.exclusively(EventSourcedValues.subject(id), () -> {
            known(caller.organization(), id);
            send(caller, new RemoveSource(id));
            vault.retireAll(caller.organization(), id.toString());
            syncs.forget(caller.organization(), id);
            return id;
        }));
    }

    @Override
    public SourceView sync(Caller caller, SourceId id) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        entitlements.require(caller.organization(), Feature.RUNTIME_ENV);
        if (!known(caller.organization(), id).isExternal()) {
            throw new Rejected(SecretsRejection.WRONG_KIND_OF_SOURCE, "A native source has nobody to be asked.");
        }
        questions.askNow(caller, caller.organization(), id);
        return known(caller.organization(), id).view();
    }

    @Override
    public SourceView get(Caller caller, SourceId id) {
        caller.mustBeAllowedTo(Permission.READ);
        return known(caller.organization(), id).view();
    }

    @Override
    public List<SourceView> list(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        return sources.list(caller.organization()).stream().map(StoredSources.Row::view).toList();
    }

    @Override
    public List<ValueView> values(Caller caller, @Nullable SourceId source) {
        caller.mustBeAllowedTo(Permission.READ);
        if (source != null) {
            known(caller.organization(), source);
        }
        return values.list(caller.organization(), source);
    }

    private Sealer mayChangeSources(Caller caller) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        entitlements.require(caller.organization(), Feature.RUNTIME_ENV);
        return vault.sealerFor(caller.organization());
    }

    private static SourceTraits changed(StoredSources.Row source, SourceChange change,
            @Nullable SecretRef credential) {
        SourceView now = source.view();
        return new SourceTraits(
                change.name() == null ? DisplayName.of(now.name()) : change.name(),
                requireNonNullElse(change.settings(), now.settings()),
                credential == null ? source.credential() : credential, requireNonNullElse(change.apps(), now.apps()),
                requireNonNullElse(change.staleSeconds(), now.staleSeconds()));
    }

    private static @Nullable SecretRef sealed(Sealer sealer, OrganizationId organization, SourceId source,
            @Nullable PlainSecret credential, long version) {
        return credential == null
                ? null
                : sealer.seal(SourcePurpose.credential(organization, source), version, credential);
    }

    private void send(Caller caller, Object command) {
        try {
            commands.send(caller, command);
        } catch (DuplicateKeyException e) {
            throw taken();
        }
    }

    private StoredSources.Row known(OrganizationId organization, SourceId id) {
        return sources.find(organization, id)
                .orElseThrow(() -> new Rejected(SecretsRejection.UNKNOWN_SOURCE, "Unknown secret source: " + id));
    }

    private void nameIsFree(OrganizationId organization, String name, SourceId id) {
        if (sources.list(organization).stream()
                .anyMatch(source -> source.view().name().equals(name) && !source.id().equals(id))) {
            throw taken();
        }
    }

    private static Rejected taken() {
        return new Rejected(SecretsRejection.SOURCE_TAKEN, "There is a secret source of this name.");
    }

    private void appsAreThere(OrganizationId organization, List<AppName> wanted) {
        for (AppName app : wanted) {
            if (!app.equals(AppName.DEFAULT) && apps.find(organization, app).isEmpty()) {
                throw new Rejected(SecretsRejection.UNKNOWN_APP, "Unknown app: " + app);
            }
        }
    }

    private void thereIsRoomForAnotherSource(OrganizationId organization) {
        if (sources.list(organization).size() >= MAX_SOURCES) {
            throw new Rejected(AccessRejection.LIMIT_REACHED,
                    "An organization has at most " + MAX_SOURCES + " secret sources. Remove one that is not needed.");
        }
    }

    private <T> T exclusively(OrganizationId organization, Supplier<T> work) {
        return writes.exclusively("env-sources:" + organization, work);
    }
}
