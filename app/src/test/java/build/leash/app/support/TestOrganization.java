package build.leash.app.support;

import build.leash.access.api.Actor;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An organization that a test has for itself, founded through the modules' façades. */
public final class TestOrganization {

    private final RunningLeash leash;
    private final OrganizationId id = OrganizationId.random();
    private final EmailAddress ownerEmail = new EmailAddress("owner-" + UUID.randomUUID() + "@example.com");
    private final ApiKeys.Issued admin;
    private final ApiKeys.Issued app;

    TestOrganization(RunningLeash leash, Plan plan) {
        this.leash = leash;
        leash.bean(Organizations.class).found(owner(), DisplayName.of("Organization " + id), founder());
        leash.bean(Subscriptions.class).start(owner(), plan);
        admin = issue(new ApiKeyRequest(ApiKeyKind.MANAGEMENT, DisplayName.of("admin"), Role.OWNER, null, null));
        app = issue(new ApiKeyRequest(ApiKeyKind.APP, DisplayName.of("app"), null, null, null));
    }

    /** Never signs in, so that no time is spent on hashing a password: there are hundreds of these. */
    private PersonId founder() {
        PersonId founder = PersonId.random();
        leash.bean(JdbcClient.class).sql("""
                insert into access.person (id, email, password_hash, must_change_password) values (?, ?, 'none', true)
                """).params(founder.value(), ownerEmail.value()).update();
        return founder;
    }

    public OrganizationId id() {
        return id;
    }

    public String ownerEmail() {
        return ownerEmail.value();
    }

    /** The owner's management key. */
    public String adminKey() {
        return admin.plain().reveal();
    }

    public String adminKeyId() {
        return admin.key().id().toString();
    }

    /** An app key for every slug. */
    public String appKey() {
        return app.plain().reveal();
    }

    public String appKeyId() {
        return app.key().id().toString();
    }

    /** Ends the app key. */
    public void revokeAppKey() {
        leash.bean(ApiKeys.class).revoke(owner(), app.key().id());
    }

    /** A new app key, limited to these slugs. */
    public String appKeyFor(String... slugs) {
        return issue(new ApiKeyRequest(ApiKeyKind.APP, DisplayName.of("limited"), null,
                Stream.of(slugs).map(Slug::of).toList(), null)).plain().reveal();
    }

    /** A new management key of this role. */
    public String managementKey(Role role) {
        return issue(new ApiKeyRequest(ApiKeyKind.MANAGEMENT, DisplayName.of(role.toString()), role, null, null))
                .plain().reveal();
    }

    public void plan(Plan plan) {
        leash.bean(Subscriptions.class).change(owner(), plan);
    }

    /** Registers a server by HTTP; with auth {@code none} if the token is null. */
    public LeashAnswer register(String slug, @Nullable String token) {
        String auth = token == null
                ? "{\"type\": \"none\"}"
                : "{\"type\": \"bearer\", \"token\": \"" + token + "\"}";
        LeashAnswer answer = leash.client().post("/api/organization/mcp-servers", """
                {"slug": "%s", "url": "https://mcp.example.com/%s", "auth": %s}""".formatted(slug, slug, auth))
                .key(adminKey()).send();
        if (answer.status() != 201) {
            throw new AssertionError("Not registered: " + answer.text());
        }
        return answer;
    }

    /** Registers several servers without a bearer. */
    public void registerAll(List<String> slugs) {
        slugs.forEach(slug -> register(slug, null));
    }

    /** Asks for the hand-off with the app key. */
    public LeashAnswer fetch(String slug) {
        return leash.client().get("/api/integrations/mcp-config/" + slug).key(appKey()).send();
    }

    /** The owner, as the modules' façades want to be called. */
    public Caller owner() {
        return new Caller(id, Actor.system("test"), Role.OWNER, UUID.randomUUID().toString());
    }

    private ApiKeys.Issued issue(ApiKeyRequest request) {
        return leash.bean(ApiKeys.class).issue(owner(), request);
    }
}
