package build.leash.secrets.env;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Actor;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Writes;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.secrets.api.AppId;
import build.leash.secrets.api.AppView;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretsRejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Turns what people and apps say about apps into commands, one write at a time per organization's apps. */
final class EventSourcedApps implements Apps {

    private final StoredApps apps;
    private final StoredValues values;
    private final EventSourcedSources sources;
    private final LastReads lastReads;
    private final Entitlements entitlements;
    private final Writes writes;
    private final Commands commands;

    EventSourcedApps(StoredApps apps, StoredValues values, EventSourcedSources sources, LastReads lastReads,
            Entitlements entitlements, Writes writes, Commands commands) {
        this.apps = apps;
        this.values = values;
        this.sources = sources;
        this.lastReads = lastReads;
        this.entitlements = entitlements;
        this.writes = writes;
        this.commands = commands;
    }

    @Override
    public AppView register(Caller caller, AppName name, DisplayName displayName) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        entitlements.require(caller.organization(), Feature.RUNTIME_ENV);
        return exclusively(caller.organization(), () -> {
            nameIsFree(caller.organization(), name);
            add(caller, name, displayName);
            return apps.find(caller.organization(), name).orElseThrow().view();
        });
    }

    @Override
    public AppView rename(Caller caller, AppName name, DisplayName displayName) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        entitlements.require(caller.organization(), Feature.RUNTIME_ENV);
        return exclusively(caller.organization(), () -> {
            if (apps.find(caller.organization(), name).isEmpty() && name.equals(AppName.DEFAULT)) {
                add(caller, name, displayName);
            } else {
                commands.send(caller, new RenameApp(registered(caller.organization(), name).id(), displayName));
            }
            return registered(caller.organization(), name).view();
        });
    }

    @Override
    public void remove(Caller caller, AppName name) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        exclusively(caller.organization(), () -> {
            AppId id = registered(caller.organization(), name).id();
            sources.deny(caller, name);
            commands.send(caller, new RemoveApp(id));
            lastReads.forget(caller.organization(), name);
            return name;
        });
    }

    @Override
    public AppView get(Caller caller, AppName name) {
        caller.mustBeAllowedTo(Permission.READ);
        Optional<AppView> found = apps.find(caller.organization(), name).map(StoredApps.Row::view);
        if (found.isEmpty() && name.equals(AppName.DEFAULT)) {
            return unregisteredDefault();
        }
        return found.orElseThrow(() -> unknown(name));
    }

    @Override
    public void mustHave(Caller caller, AppName name) {
        AppView _ = get(caller, name);
    }

    @Override
    public List<AppView> list(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        List<AppView> all = new ArrayList<>(
                apps.list(caller.organization()).stream().map(StoredApps.Row::view).toList());
        if (all.stream().noneMatch(app -> app.name().equals(AppName.DEFAULT))) {
            all.addFirst(unregisteredDefault());
        }
        return List.copyOf(all);
    }

    @Override
    public ManifestView sync(Caller caller, AppName name, Collection<EnvKey> keys) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        return declare(caller, name, keys);
    }

    @Override
    public ManifestView sync(AppKey key, Collection<EnvKey> keys, String requestId) {
        Caller itself = new Caller(key.organization(), Actor.apiKey(key.id()), Role.VIEWER, requestId);
        return declare(itself, key.app(), keys);
    }

    /** An app that was removed stays so, whatever its keys tell, until somebody registers one of its name. */
    private ManifestView declare(Caller caller, AppName name, Collection<EnvKey> keys) {
        OrganizationId organization = caller.organization();
        entitlements.require(organization, Feature.RUNTIME_ENV);
        Set<EnvKey> wanted = new TreeSet<>(keys);
        return exclusively(organization, () -> {
            if (name.equals(AppName.DEFAULT) && apps.find(organization, name).isEmpty()) {
                add(caller, name, DisplayName.of(name.value()));
            }
            StoredApps.Row app = registered(organization, name);
            commands.send(caller, new SyncManifest(app.id(), List.copyOf(wanted)));
            Set<EnvKey> held = values.heldFor(organization, name);
            List<EnvKey> before = app.view().keys();
            return new ManifestView(name, List.copyOf(wanted), without(wanted, before), without(before, wanted),
                    without(wanted, held));
        });
    }

    private void add(Caller caller, AppName name, DisplayName displayName) {
        if (apps.list(caller.organization()).size() >= MAX_APPS) {
            throw new Rejected(AccessRejection.LIMIT_REACHED,
                    "An organization has at most " + MAX_APPS + " apps. Remove one that is not needed.");
        }
        commands.send(caller, new RegisterApp(AppId.random(), caller.organization(), name, displayName));
    }

    private void nameIsFree(OrganizationId organization, AppName name) {
        if (apps.find(organization, name).isPresent()) {
            throw new Rejected(SecretsRejection.APP_TAKEN, "There is an app of this name: " + name);
        }
    }

    private StoredApps.Row registered(OrganizationId organization, AppName name) {
        return apps.find(organization, name).orElseThrow(() -> unknown(name));
    }

    private <T> T exclusively(OrganizationId organization, Supplier<T> work) {
        return writes.exclusively("env-apps:" + organization, work);
    }

    private static List<EnvKey> without(Collection<EnvKey> keys, Collection<EnvKey> others) {
        return keys.stream().filter(key -> !others.contains(key)).toList();
    }

    private static AppView unregisteredDefault() {
        return new AppView(AppName.DEFAULT, AppName.DEFAULT.value(), List.of(), null, null);
    }

    private static Rejected unknown(AppName name) {
        return new Rejected(SecretsRejection.UNKNOWN_APP, "Unknown app: " + name);
    }
}
