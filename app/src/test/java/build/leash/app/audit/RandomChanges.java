package build.leash.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Changes an organization at random, the same for the same seed: servers, keys, members, the plan and env. */
public final class RandomChanges {

    private static final String API = "/api/organization";
    private static final String SERVERS = API + "/mcp-servers";
    private static final int MAX_MEMBERS = 4;

    private final RunningLeash leash;
    private final TestOrganization organization;
    private final Random random;
    private final List<PersonId> members = new ArrayList<>();
    private final RandomEnvChanges env;

    public RandomChanges(RunningLeash leash, TestOrganization organization, long seed) {
        this.leash = leash;
        this.organization = organization;
        this.random = new Random(seed);
        this.env = new RandomEnvChanges(this::send, random);
    }

    /** One command, which may be refused. */
    public void change() {
        String slug = "s" + random.nextInt(6);
        String path = SERVERS + "/" + slug;
        switch (random.nextInt(13)) {
            case 0, 1 -> send("POST", SERVERS, """
                    {"slug": "%s", "url": "https://mcp.example.com/%d", "auth": {"type": "none"},
                     "headers": {"X-Tenant": "t", "X-Key": {"value": "v", "secret": true}}}
                    """.formatted(slug, random.nextInt()));
            case 2 -> send("PATCH", path, "{\"url\": \"https://x.example.com/" + random.nextInt() + "\"}");
            case 3, 4 -> send("POST", path + "/rotate", "{\"token\": \"t" + random.nextInt() + "\"}");
            case 5 -> send("DELETE", path, "");
            case 6 -> organization.plan(random.nextBoolean() ? Plan.GROWTH : Plan.SCALE);
            case 7 -> changeKeys();
            case 8, 9, 10, 11 -> env.change();
            default -> changeMembers();
        }
    }

    private void changeKeys() {
        JsonNode keys = leash.client().get(API + "/api-keys?limit=200").key(organization.adminKey()).send().json()
                .get("items");
        JsonNode one = keys.get(random.nextInt(keys.size()));
        if (keys.size() < 5) {
            organization.appKeyFor("s1", "s2");
        } else if (!one.get("kind").asString().equals("management")) {
            send("DELETE", API + "/api-keys/" + one.get("id").stringValue(), "");
        }
    }

    private void changeMembers() {
        Members facade = leash.bean(Members.class);
        if (members.size() < MAX_MEMBERS && random.nextInt(20) == 0 || members.isEmpty()) {
            var invited = facade.invite(organization.owner(),
                    new EmailAddress(UUID.randomUUID() + "@example.com"), Role.VIEWER);
            members.add(facade.accept(invited.invitation().id(), PlainPassword.generate(), "request-of-test"));
        } else if (random.nextInt(20) == 0) {
            facade.remove(organization.owner(), members.removeLast());
        } else {
            facade.changeRole(organization.owner(), members.get(random.nextInt(members.size())),
                    random.nextBoolean() ? Role.BUILDER : Role.AUDITOR);
        }
    }

    private LeashAnswer send(String method, String path, String body) {
        LeashAnswer answer = leash.client().call(method, path).key(organization.adminKey()).json(body).send();
        assertThat(answer.status()).isIn(200, 201, 204, 404, 409);
        return answer;
    }
}
