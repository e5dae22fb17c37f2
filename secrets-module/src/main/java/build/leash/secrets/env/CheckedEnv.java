package build.leash.secrets.env;

import build.leash.access.api.AppKey;
import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.LastRead;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.RuntimeEnv;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.Vault;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks key, plan and manifest in this order, has the sources asked that must be, and opens what wins. */
final class CheckedEnv implements RuntimeEnv {

    private final Entitlements entitlements;
    private final StoredApps apps;
    private final StoredSources sources;
    private final StoredValues values;
    private final Freshness freshness;
    private final Vault vault;
    private final LastReads lastReads;

    CheckedEnv(Entitlements entitlements, StoredApps apps, StoredSources sources, StoredValues values,
            Freshness freshness, Vault vault, LastReads lastReads) {
        this.entitlements = entitlements;
        this.apps = apps;
        this.sources = sources;
        this.values = values;
        this.freshness = freshness;
        this.vault = vault;
        this.lastReads = lastReads;
    }

    @Override
    public Env read(AppKey app, List<String> keys) {
        Set<EnvKey> wanted = valid(keys);
        entitlements.require(app.organization(), Feature.RUNTIME_ENV);
        List<EnvKey> declared = declaredBy(app);
        for (EnvKey key : wanted) {
            if (!declared.contains(key)) {
                throw new Rejected(SecretsRejection.KEY_NOT_DECLARED,
                        "The manifest of the app " + app.app() + " does not declare " + key + ".");
            }
        }
        Map<EnvKey, StoredValues.Held> winners = winners(app, wanted);
        for (EnvKey key : wanted) {
            if (!winners.containsKey(key)) {
                throw new Rejected(SecretsRejection.KEY_NOT_FOUND,
                        "No secret source that the app " + app.app() + " may read holds " + key + ".");
            }
        }
        return open(app, wanted, winners);
    }

    @Override
    public Env readAll(AppKey app) {
        entitlements.require(app.organization(), Feature.RUNTIME_ENV);
        List<EnvKey> declared = declaredBy(app);
        Map<EnvKey, StoredValues.Held> winners = winners(app, declared);
        return open(app, declared.stream().filter(winners::containsKey).toList(), winners);
    }

    @Override
    public Map<EnvKey, LastRead> lastReads(OrganizationId organization, AppName app) {
        return lastReads.find(organization, app);
    }

    /** Repeats no key that is none: anything might have been put in its place by mistake. */
    private static Set<EnvKey> valid(List<String> keys) {
        Set<EnvKey> valid = new LinkedHashSet<>();
        for (String key : keys) {
            if (!EnvKey.isValid(key)) {
                throw new Rejected(SecretsRejection.INVALID_KEY,
                        "A key has 1 to 100 letters, digits and underscores, and begins with no digit.");
            }
            valid.add(EnvKey.of(key));
        }
        return valid;
    }

    private List<EnvKey> declaredBy(AppKey app) {
        return apps.find(app.organization(), app.app()).map(found -> found.view().keys()).orElse(List.of());
    }

    private Map<EnvKey, StoredValues.Held> winners(AppKey app, Collection<EnvKey> keys) {
        List<StoredSources.Row> readable = freshness.refreshed(sources.readableBy(app.organization(), app.app()), keys);
        Map<EnvKey, StoredValues.Held> winners = new LinkedHashMap<>();
        for (StoredValues.Held held : values.readableBy(app.organization(), app.app(), keys)) {
            winners.putIfAbsent(held.key(), held);
        }
        keys.forEach(key -> nothingSpeaksAgainst(key, winners.get(key), readable));
        return winners;
    }

    /** A source that gives no answer does not matter to a key for which another one has changed since. */
    private void nothingSpeaksAgainst(EnvKey key, StoredValues.@Nullable Held winner,
            List<StoredSources.Row> readable) {
        for (StoredSources.Row source : readable) {
            if (winner == null || winner.source().equals(source.id())) {
                freshness.objection(source, key).ifPresent(why -> {
                    throw new Rejected(why, sentence(why, source.view().name(), key));
                });
            }
        }
    }

    private static String sentence(SecretsRejection why, String source, EnvKey key) {
        return "The secret source “" + source + "” " + (why == SecretsRejection.SOURCE_UNREACHABLE
                ? "gives no answer, and "
                : "cannot be asked, or what it answers not be sealed, at the moment, and ") + key
                + " is or might be there.";
    }

    private Env open(AppKey app, Collection<EnvKey> keys, Map<EnvKey, StoredValues.Held> winners) {
        Map<String, String> opened = new LinkedHashMap<>();
        Map<String, String> versions = new LinkedHashMap<>();
        for (EnvKey key : keys) {
            StoredValues.Held held = Objects.requireNonNull(winners.get(key));
            try (PlainSecret plain = vault.open(SourcePurpose.value(app.organization(), held.source(), key),
                    held.value())) {
                opened.put(key.value(), plain.reveal());
                versions.put(key.value(), held.source() + "." + held.value().version());
            }
        }
        lastReads.note(app, keys);
        return new Env(opened, versions);
    }
}
