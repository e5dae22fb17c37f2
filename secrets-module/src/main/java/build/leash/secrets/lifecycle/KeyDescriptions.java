package build.leash.secrets.lifecycle;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EncryptionKeyView;
import build.leash.secrets.kms.KeyDescription;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.lifecycle.StoredEncryptionKeys.Row;
import build.leash.secrets.lifecycle.StoredEncryptionKeys.Wrapped;
import build.leash.secrets.sealing.AssignedKey;
import java.util.ArrayList;
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

    EncryptionKeyView of(OrganizationId organization) {
        Optional<Row> row = keys.find(organization);
        if (row.isEmpty()) {
            return view(organization, EncryptionKeyView.State.UNASSIGNED, null, null, List.of(), null);
        }
        EncryptionKeyView.State state = row.get().isShredded()
                ? EncryptionKeyView.State.SHREDDED
                : EncryptionKeyView.State.ACTIVE;
        AssignedKey assigned = row.get().key();
        EncryptionKeyView.Key key = new EncryptionKeyView.Key(assigned.provider(), assigned.keyName(),
                row.get().origin(), row.get().assignedAt());
        Map<String, Long> wrapped = new LinkedHashMap<>();
        for (Wrapped version : keys.wrappedUnder(organization, assigned)) {
            wrapped.put(version.version(), version.dataKeys());
        }
        try {
            KeyDescription told = providers.named(assigned.provider()).describe(assigned.keyName());
            return view(organization, state, key, told.primaryVersion(), versions(told, wrapped), null);
        } catch (KmsException e) {
            List<EncryptionKeyView.Version> used = new ArrayList<>();
            wrapped.forEach((id, dataKeys) -> used.add(new EncryptionKeyView.Version(id, null, null, dataKeys)));
            return view(organization, state, key, null, used, e.kind());
        }
    }

    private EncryptionKeyView view(OrganizationId organization, EncryptionKeyView.State state,
            EncryptionKeyView.@Nullable Key key,
            @Nullable String primary, List<EncryptionKeyView.Version> versions, @Nullable String problem) {
        return new EncryptionKeyView(state, key, primary, versions, problem, keys.dataKeys(organization),
                keys.secrets(organization), jobs.latest(organization));
    }

    private static List<EncryptionKeyView.Version> versions(KeyDescription told, Map<String, Long> wrapped) {
        return told.versions().stream().map(version -> new EncryptionKeyView.Version(version.id(),
                version.state().name().toLowerCase(Locale.ROOT), version.destroyedAt(),
                wrapped.getOrDefault(version.id(), 0L))).toList();
    }
}
