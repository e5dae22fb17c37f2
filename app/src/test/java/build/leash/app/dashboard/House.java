package build.leash.app.dashboard;

import build.leash.access.api.Actor;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Role;
import build.leash.access.api.Sessions;
import build.leash.access.api.Slug;
import build.leash.app.audit.ledger.Checkpoint;
import build.leash.app.audit.ledger.Sealing;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceNotifications;
import build.leash.secrets.api.SourceRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An organization with a member of each role, and new things in it whenever a test wants one. */
final class House {

    static final String PASSWORD = "a sentence is easier to remember";

    private static final Map<Role, String> NAMES = Map.of(Role.OWNER, "ana", Role.BUILDER, "ben", Role.VIEWER, "vera",
            Role.AUDITOR, "otto");

    private final RunningLeash leash;
    private final Caller owner;
    /** Of the members' addresses, which are then as people have them; null for addresses that nobody else has. */
    private final @Nullable String domain;
    private final Map<Role, Person> people = new EnumMap<>(Role.class);
    private final AtomicInteger count = new AtomicInteger();

    private @Nullable String standingSource;
    private @Nullable String externalSource;

    record Person(PersonId id, String email, String session) {}

    House(RunningLeash leash, TestOrganization organization) {
        this(leash, organization.owner(), null);
    }

    /** A new organization of this name, which no other has, on Growth. */
    static House named(RunningLeash leash, String name) {
        Caller founder = new Caller(OrganizationId.random(), Actor.system("test"), Role.OWNER, "request-of-test");
        String domain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "") + ".example";
        leash.bean(Organizations.class).found(founder, DisplayName.of(name), new EmailAddress("ada@" + domain),
                new PlainPassword(PASSWORD));
        leash.bean(Subscriptions.class).start(founder, Plan.GROWTH);
        return new House(leash, founder, domain);
    }

    private House(RunningLeash leash, Caller owner, @Nullable String domain) {
        this.leash = leash;
        this.owner = owner;
        this.domain = domain;
        for (Role role : Role.values()) {
            people.put(role, join(role));
        }
    }

    /** Who acts for the test. */
    Caller owner() {
        return owner;
    }

    Person person(Role role) {
        return people.get(role);
    }

    /** A new member with a session. */
    Person join(Role role) {
        Members.Invited invited = invite(role);
        PersonId id = leash.bean(Members.class).accept(invited.invitation().id(), new PlainPassword(PASSWORD),
                "request-of-test");
        return new Person(id, invited.invitation().email().value(), leash.bean(Sessions.class).open(id).reveal());
    }

    Members.Invited invite(Role role) {
        return leash.bean(Members.class).invite(owner, new EmailAddress(address(role)), role);
    }

    private String address(Role role) {
        return domain == null || people.containsKey(role)
                ? NAMES.get(role) + "." + UUID.randomUUID().toString().substring(0, 6) + "@acme.example"
                : NAMES.get(role) + "@" + domain;
    }

    /** A new server with a bearer. */
    String server() {
        return server("server-" + count.incrementAndGet());
    }

    String server(String slug) {
        leash.bean(McpServers.class).register(owner, new Registration(Slug.of(slug),
                DisplayName.of(slug), HttpsUrl.of("https://mcp.example.com/" + slug), Transport.STREAMABLE_HTTP,
                new BearerToken(PlainSecret.of("t-" + slug)), RequestedHeaders.NONE));
        return slug;
    }

    /** A new native source that the default app may read, with a value under {@code KEY} in two versions. */
    String source() {
        SourceId id = leash.bean(SecretSources.class).add(owner,
                new SourceRequest(DisplayName.of("Source " + count.incrementAndGet()), SourceKind.NATIVE, Map.of(),
                        null, List.of(AppName.DEFAULT), 0))
                .id();
        for (String value : List.of("first", "second")) {
            leash.bean(NativeValues.class).set(owner, id, EnvKey.of("KEY"), new EnvValue(PlainSecret.of(value)),
                    null);
        }
        return id.toString();
    }

    /** The same one each time, for what does not remove it or its value. */
    String standingSource() {
        if (standingSource == null) {
            standingSource = source();
        }
        return standingSource;
    }

    /** A webhook whose host no request may reach: asking it fails, and is answered all the same. */
    String externalSource() {
        if (externalSource == null) {
            externalSource = leash.bean(SecretSources.class).add(owner,
                    new SourceRequest(DisplayName.of("External"), SourceKind.WEBHOOK,
                            Map.of("url", "https://127.0.0.1"),
                            PlainSecret.of("a-signing-secret-of-the-test"), List.of(AppName.DEFAULT), 0))
                    .id().toString();
        }
        return externalSource;
    }

    /** Lets somebody be notified. */
    void notified() {
        leash.bean(SourceNotifications.class).set(owner, "https://127.0.0.1",
                PlainSecret.of("a-signing-secret-of-the-test"));
    }

    /** A new app. */
    String app() {
        AppName name = AppName.of("app-" + count.incrementAndGet());
        leash.bean(Apps.class).register(owner, name, DisplayName.of(name.value()));
        return name.value();
    }

    String freeSlug() {
        return "free-" + count.incrementAndGet();
    }

    String key() {
        return leash.bean(ApiKeys.class).issue(owner, new ApiKeyRequest(ApiKeyKind.APP,
                DisplayName.of("key"), null, List.of(Slug.of("a")), null)).key().id().toString();
    }

    /** How many events the latest checkpoint is of. */
    long checkpointSize() {
        return Checkpoint.parse(leash.bean(Sealing.class).sealNow()).size();
    }

    /** One of the organization's events. */
    String event() {
        return leash.bean(JdbcClient.class)
                .sql("select event_identifier from eventstore.domain_event where organization_id = ? limit 1")
                .param(owner.organization().value()).query(String.class).single();
    }
}
