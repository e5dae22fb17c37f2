package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one node began, another goes on with. */
class AnyNodeTest {

    private static final String KEYS = "/api/organization/api-keys";

    private static RunningLeash one;
    private static RunningLeash other;

    private static TestOrganization organization;
    private static House house;

    @BeforeAll
    static void start() {
        one = RunningLeash.shared();
        other = one.node("leash.first-run=false");
        organization = one.founds();
        house = new House(one, organization);
    }

    @AfterAll
    static void stop() {
        other.close();
    }

    @Test
    void aSessionAndItsFormsAreGoodOnEveryNodeUntilTheyEndOnOne() {
        Wire here = new Wire(one.baseUrl());
        Wire there = new Wire(other.baseUrl());
        String session = Wire.session(here.signIn(house.person(Role.OWNER).email(), House.PASSWORD, ""));
        Wire.Signed signed = here.in(session);
        assertThat(there.get("/dashboard/organization", session).statusCode()).isEqualTo(200);
        assertThat(there.json("POST", KEYS, signed, "{\"name\": \"by session\"}").statusCode()).isEqualTo(201);

        there.post("/dashboard/sign-out", signed, Map.of());

        assertThat(here.get("/dashboard/organization", session).statusCode()).isEqualTo(303);
        assertThat(here.json("POST", KEYS, signed, "{\"name\": \"too late\"}").statusCode()).isEqualTo(401);
    }

    @Test
    void aSignInPageOfOneNodeIsTakenByAnother() {
        Wire here = new Wire(one.baseUrl());
        Wire there = new Wire(other.baseUrl());
        String session = Wire.session(there.signInFrom(here.get("/dashboard/sign-in", null),
                house.person(Role.BUILDER).email(), House.PASSWORD, ""));
        assertThat(here.get("/dashboard/organization", session).statusCode()).isEqualTo(200);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerFromEveryNode() {
        String key = UUID.randomUUID().toString();
        LeashAnswer first = issue(one, key, "app");
        LeashAnswer again = issue(other, key, "app");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(issue(other, key, "another").outcome()).isEqualTo("409 idempotency_conflict");
    }

    @Test
    void requestsUnderOneKeyOnTwoNodesAtOnceHaveOneEffect() throws Exception {
        String key = UUID.randomUUID().toString();
        List<Callable<LeashAnswer>> requests = IntStream.range(0, 6)
                .<Callable<LeashAnswer>>mapToObj(i -> () -> issue(i % 2 == 0 ? one : other, key, "at once")).toList();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<LeashAnswer> answer : executor.invokeAll(requests)) {
                assertThat(answer.get().status()).isEqualTo(201);
            }
        }
        assertThat(one.client().get(KEYS).key(organization.adminKey()).send().json().get("items").valueStream()
                .filter(item -> item.get("name").stringValue().equals("at once"))).hasSize(1);
    }

    private LeashAnswer issue(RunningLeash node, String idempotencyKey, String name) {
        return node.client().post(KEYS, "{\"name\": \"" + name + "\"}").key(organization.adminKey())
                .header("Idempotency-Key", idempotencyKey).send();
    }
}
