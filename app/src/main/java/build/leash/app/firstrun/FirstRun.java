package build.leash.app.firstrun;

import build.leash.access.api.Actor;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Role;
import build.leash.access.api.Writes;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Founds the organization {@code default} with an owner, an app key and a management key if there is no organization
 * yet. All of it is one transaction, and the file is on disk before the commit: a crash in between leaves an empty
 * database, and the next start begins anew and writes the file again.
 */
final class FirstRun {

    private static final DisplayName ORGANIZATION = DisplayName.of("default");
    private static final EmailAddress OWNER = new EmailAddress("owner@localhost");

    private final Organizations organizations;
    private final Subscriptions subscriptions;
    private final ApiKeys keys;
    private final Writes writes;
    private final FirstRunFile file;

    FirstRun(Organizations organizations, Subscriptions subscriptions, ApiKeys keys, Writes writes,
            FirstRunFile file) {
        this.organizations = organizations;
        this.subscriptions = subscriptions;
        this.keys = keys;
        this.writes = writes;
        this.file = file;
    }

    /** Where it says how to get in; empty if somebody has founded an organization before. Safe on several nodes. */
    Optional<Path> foundIfEmpty() {
        if (!organizations.none()) {
            return Optional.empty();
        }
        return writes.exclusively("first-run", () -> organizations.none() ? Optional.of(found()) : Optional.empty());
    }

    private Path found() {
        Caller caller = new Caller(OrganizationId.random(), Actor.system("first-run"), Role.OWNER,
                UUID.randomUUID().toString());
        PlainPassword password = PlainPassword.generate();
        organizations.found(caller, ORGANIZATION, OWNER, password);
        subscriptions.start(caller, Plan.GROWTH);
        ApiKeys.Issued app = issue(caller, ApiKeyKind.APP, "First app", null);
        ApiKeys.Issued admin = issue(caller, ApiKeyKind.MANAGEMENT, "First management key", Role.OWNER);
        return file.write(new FirstRunFile.Contents(ORGANIZATION.value(), OWNER.value(), password.reveal(),
                app.plain().reveal(), admin.plain().reveal()));
    }

    private ApiKeys.Issued issue(Caller caller, ApiKeyKind kind, String name, @Nullable Role role) {
        return keys.issue(caller, new ApiKeyRequest(kind, DisplayName.of(name), role, null, null));
    }
}
