package build.leash.secrets.lifecycle;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EncryptionKeyView;
import build.leash.secrets.kms.KeyDescription;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.lifecycle.StoredEncryptionKeys.Row;
import build.leash.secrets.sealing.AssignedKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what we and the key management service know about an organization's key. */
final class KeyDescriptions {

    private final KmsProviders providers;
    private final StoredEncryptionKeys keys;
    private final StoredJobs jobs;

    KeyDescriptions(KmsProviders providers, StoredEncryptionKeys keys, StoredJobs jobs) {
        this.providers = providers;
        this.keys = keys;
        this.jobs = jobs;
    }

    /** Asks KMS. */
    EncryptionKeyView of(OrganizationId organization) {
        Optional<Row> row = keys.find(organization);
        if (row.isEmpty()) {
            return unassigned(organization);
        }
        AssignedKey key = row.get().key();
        Map<String, Long> wrapped = wrapped(organization, key);
        try {
            KeyDescription told = providers.named(key.provider()).describe(key.keyName());
            return view(organization, row.get(), told.primaryVersion(), versions(told, wrapped), null);
        } catch (KmsException e) {
            return view(organization, row.get(), null, versions(wrapped), e.kind());
        }
    }

    /** Asks nobody. */
    EncryptionKeyView recorded(OrganizationId organization) {
        return keys.find(organization)
                .map(row -> view(organization, row, null, versions(wrapped(organization, row.key())), null))
                .orElseGet(() -> unassigned(organization));
    }

    private EncryptionKeyView unassigned(OrganizationId organization) {
        return view(organization, EncryptionKeyView.State.UNASSIGNED, null, null, List.of(), null);
    }

    private EncryptionKeyView view(OrganizationId organization, Row row, @Nullable String primary,
            List<EncryptionKeyView.Version> versions, @Nullable String problem) {
        EncryptionKeyView.State state = row.isShredded()
                ? EncryptionKeyView.State.SHREDDED
                : EncryptionKeyView.State.ACTIVE;
        EncryptionKeyView.Key key = new EncryptionKeyView.Key(row.key().provider(), row.key().keyName(), row.origin(),
                row.assignedAt());
        return view(organization, state, key, primary, versions, problem);
    }

    private EncryptionKeyView view(OrganizationId organization, EncryptionKeyView.State state,
            EncryptionKeyView.@Nullable Key key,
            @Nullable String primary, List<EncryptionKeyView.Version> versions, @Nullable String problem) {
        return new EncryptionKeyView(state, key, primary, versions, problem, keys.dataKeys(organization),
                keys.secrets(organization), jobs.latest(organization));
    }

    /** How many data keys each version wraps, the newest first. */
    private Map<String, Long> wrapped(OrganizationId organization, AssignedKey key) {
        Map<String, Long> wrapped = new LinkedHashMap<>();
        keys.wrappedUnder(organization, key).forEach(version -> wrapped.put(version.version(), version.dataKeys()));
        return wrapped;
    }

    private static List<EncryptionKeyView.Version> versions(Map<String, Long> wrapped) {
        return wrapped.entrySet().stream()
                .map(version -> new EncryptionKeyView.Version(version.getKey(), null, null, version.getValue()))
                .toList();
    }

    private static List<EncryptionKeyView.Version> versions(KeyDescription told, Map<String, Long> wrapped) {
        return told.versions().stream().map(version -> new EncryptionKeyView.Version(version.id(),
                version.state().name().toLowerCase(Locale.ROOT), version.destroyedAt(),
                wrapped.getOrDefault(version.id(), 0L))).toList();
    }
}
