package build.leash.app.dashboard;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Role;
import build.leash.access.api.Sessions;
import build.leash.access.api.Slug;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.PlainSecret;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An organization with a member of each role, and new things in it whenever a test wants one. */
final class House {

    static final String PASSWORD = "a sentence is easier to remember";

    private final RunningLeash leash;
    private final TestOrganization organization;
    private final Map<Role, Person> people = new EnumMap<>(Role.class);
    private final AtomicInteger count = new AtomicInteger();

    record Person(PersonId id, String email, String session) {}

    House(RunningLeash leash, TestOrganization organization) {
        this.leash = leash;
        this.organization = organization;
        for (Role role : Role.values()) {
            people.put(role, join(role));
        }
    }

    TestOrganization organization() {
        return organization;
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
        return leash.bean(Members.class).invite(organization.owner(),
                new EmailAddress(role + "-" + UUID.randomUUID() + "@example.com"), role);
    }

    /** A new server with a bearer. */
    String server() {
        return server("server-" + count.incrementAndGet());
    }

    String server(String slug) {
        leash.bean(McpServers.class).register(organization.owner(), new Registration(Slug.of(slug),
                DisplayName.of(slug), HttpsUrl.of("https://mcp.example.com/" + slug), Transport.STREAMABLE_HTTP,
                new BearerToken(PlainSecret.of("t-" + slug)), RequestedHeaders.NONE));
        return slug;
    }

    String freeSlug() {
        return "free-" + count.incrementAndGet();
    }

    String key() {
        return leash.bean(ApiKeys.class).issue(organization.owner(), new ApiKeyRequest(ApiKeyKind.APP,
                DisplayName.of("key"), null, List.of(Slug.of("a")), null)).key().id().toString();
    }
}
