package build.leash.secrets.env;

import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Writes;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceNotifications;
import build.leash.secrets.api.Vault;
import build.leash.secrets.outbound.OutboundUrl;
import build.leash.secrets.outbound.Signature;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Where owners are told, and what: in the transaction that records it, so that nothing is told that did not happen. */
final class EventSourcedNotifications implements SourceNotifications {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StoredNotifications stored;
    private final Entitlements entitlements;
    private final Vault vault;
    private final Writes writes;
    private final Commands commands;
    private final Clock clock;

    EventSourcedNotifications(StoredNotifications stored, Entitlements entitlements, Vault vault, Writes writes,
            Commands commands, Clock clock) {
        this.stored = stored;
        this.entitlements = entitlements;
        this.vault = vault;
        this.writes = writes;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public Optional<NotificationsView> get(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        return stored.target(caller.organization()).filter(target -> target.url() != null)
                .map(target -> new NotificationsView(String.valueOf(target.url()), target.changedAt(),
                        target.changedBy()));
    }

    @Override
    public NotificationsView set(Caller caller, String url, PlainSecret secret) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        entitlements.require(caller.organization(), Feature.RUNTIME_ENV);
        Signature.check(secret);
        String target = OutboundUrl.of(url).toString();
        Sealer sealer = vault.sealerFor(caller.organization());
        NotificationsId id = new NotificationsId(caller.organization());
        return writes.exclusively(id.toString(), () -> {
            Optional<StoredNotifications.Target> before = stored.target(caller.organization());
            long version = before.map(StoredNotifications.Target::version).orElse(0L) + 1;
            SecretRef sealed = sealer.seal(SourcePurpose.notifications(caller.organization()), version, secret);
            commands.send(caller, before.isEmpty()
                    ? new SetFirstNotifications(id, target, sealed)
                    : new SetNotifications(id, target, sealed));
            vault.retire(SourcePurpose.notifications(caller.organization()), version);
            return get(caller).orElseThrow();
        });
    }

    @Override
    public void stop(Caller caller) {
        caller.mustBeAllowedTo(Permission.CHANGE_SOURCES);
        NotificationsId id = new NotificationsId(caller.organization());
        writes.exclusively(id.toString(), () -> {
            if (get(caller).isEmpty()) {
                throw new Rejected(SecretsRejection.UNKNOWN_NOTIFICATIONS, "Nobody is notified.");
            }
            commands.send(caller, new StopNotifications(id));
            vault.retire(SourcePurpose.notifications(caller.organization()), Long.MAX_VALUE);
            return id;
        });
    }

    /** @param reason null if the source answers again */
    void tell(StoredSources.Row source, @Nullable String reason) {
        OrganizationId organization = source.organization();
        if (stored.target(organization).filter(target -> target.url() != null).isEmpty()) {
            return;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("source", source.id().toString());
        data.put("name", source.view().name());
        data.put("kind", source.view().kind().toString());
        if (reason != null) {
            data.put("reason", reason);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", reason == null ? "secret-source.recovered" : "secret-source.failed");
        body.put("timestamp", clock.instant().toString());
        body.put("data", data);
        stored.add(organization, JSON.writeValueAsString(body), clock.instant());
    }
}
