package build.leash.access.apikey;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Actor;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeyView;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.KnownKey;
import build.leash.access.api.ManagementKey;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Permission;
import build.leash.access.api.PlainApiKey;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Writes;
import build.leash.access.organization.IssueApiKey;
import build.leash.access.organization.RevokeApiKey;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what owners ask for into commands to the organization, and what apps present into who they are. */
final class EventSourcedApiKeys implements ApiKeys {

    /** More than one, so that those that expired become fewer with each key that is issued. */
    private static final int REVOKED_AT_ONCE = 20;

    private final StoredApiKeys keys;
    private final KnownKeys known;
    private final Writes writes;
    private final Commands commands;

    EventSourcedApiKeys(StoredApiKeys keys, KnownKeys known, Writes writes, Commands commands) {
        this.keys = keys;
        this.known = known;
        this.writes = writes;
        this.commands = commands;
    }

    @Override
    public Issued issue(Caller caller, ApiKeyRequest request) {
        caller.mustBeAllowedTo(Permission.MANAGE_API_KEYS);
        PlainApiKey plain = PlainApiKey.generate(request.kind());
        ApiKeyId id = ApiKeyId.random();
        return writes.exclusively(subject(caller.organization()), () -> {
            revokeExpired(caller);
            commands.send(caller, new IssueApiKey(caller.organization(), id, request,
                    HexFormat.of().formatHex(plain.sha256())));
            return new Issued(keys.find(caller.organization(), id).orElseThrow(), plain);
        });
    }

    /** Makes room: to the organization, which knows no time, a key that expired is one of those that it has. */
    private void revokeExpired(Caller issuing) {
        Caller itself = new Caller(issuing.organization(), Actor.system("api-key-expiry"), Role.OWNER,
                issuing.requestId());
        for (ApiKeyId expired : keys.expired(issuing.organization(), REVOKED_AT_ONCE)) {
            commands.send(itself, new RevokeApiKey(issuing.organization(), expired));
        }
    }

    @Override
    public void revoke(Caller caller, ApiKeyId id) {
        caller.mustBeAllowedTo(Permission.MANAGE_API_KEYS);
        writes.exclusively(subject(caller.organization()), () -> {
            commands.send(caller, new RevokeApiKey(caller.organization(), id));
            return id;
        });
    }

    @Override
    public Page<ApiKeyView> list(Caller caller, PageRequest page) {
        caller.mustBeAllowedTo(Permission.READ);
        return keys.list(caller.organization(), page);
    }

    @Override
    public Map<ApiKeyId, String> names(OrganizationId organization, Collection<ApiKeyId> ids) {
        return keys.names(organization, ids);
    }

    @Override
    public AppKey recognizeApp(@Nullable String presented) {
        StoredApiKeys.Recognized key = recognize(presented, ApiKeyKind.APP);
        return new AppKey(key.id(), key.organization(), key.slugs(), Objects.requireNonNull(key.app()));
    }

    @Override
    public ManagementKey recognizeManagement(@Nullable String presented) {
        if (presented != null && presented.startsWith(ApiKeyKind.APP.prefix())) {
            recognize(presented, ApiKeyKind.APP);
            throw new Rejected(AccessRejection.FORBIDDEN, "An app's API key cannot be used here.");
        }
        StoredApiKeys.Recognized key = recognize(presented, ApiKeyKind.MANAGEMENT);
        return new ManagementKey(key.id(), key.organization(), Objects.requireNonNull(key.role()));
    }

    @Override
    public Optional<KnownKey> known(@Nullable String presented) {
        return Optional.ofNullable(presented).flatMap(PlainApiKey::parse).flatMap(known::find);
    }

    private StoredApiKeys.Recognized recognize(@Nullable String presented, ApiKeyKind kind) {
        if (presented == null) {
            throw AppKeys.required();
        }
        return PlainApiKey.parse(presented).filter(key -> key.kind() == kind).flatMap(keys::find)
                .orElseThrow(AppKeys::notValid);
    }

    private static String subject(OrganizationId organization) {
        return "organization:" + organization;
    }
}
