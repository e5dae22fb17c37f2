package build.leash.app.freshness;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.billing.api.Plan;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An organization whose servers, keys and plan change all the time through any node, and a record of how. */
final class Tenant {

    private static final int SERVERS = 4;
    private static final int KEYS = 3;
    private static final int ONE_IN = 5;

    private final Supplier<LeashClient> anyNode;
    private final String adminKey;
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final List<Server> servers = IntStream.range(0, SERVERS).mapToObj(i -> new Server("server-" + i)).toList();
    private final AtomicReferenceArray<@Nullable Key> keys = new AtomicReferenceArray<>(KEYS);
    private final History<Plan> plan = new History<>(Plan.STARTER);
    private Plan lastPlan = Plan.STARTER;

    /** What a fetch sends, and what it depends on. */
    record Question(String slug, String key, Sight sight) {}

    private record Key(String id, String value, History<Boolean> inForce) {}

    private static final class Server {

        final String slug;
        final History<Optional<String>> token = new History<>(Optional.empty());
        boolean isBelievedThere;

        Server(String slug) {
            this.slug = slug;
        }
    }

    /** @param adminKey of an organization on Starter, without servers */
    Tenant(Supplier<LeashClient> anyNode, String adminKey) {
        this.anyNode = anyNode;
        this.adminKey = adminKey;
    }

    /** For any thread; empty if there is no key yet. */
    Optional<Question> question(Random random) {
        Server server = servers.get(random.nextInt(SERVERS));
        return Optional.ofNullable(keys.get(random.nextInt(KEYS))).map(key -> new Question(server.slug, key.value(),
                new Sight(key.inForce(), plan, server.token)));
    }

    /** How many changes were acknowledged. */
    int changes() {
        return changes.get();
    }

    /** Rotates, revokes or registers one of the servers. For one thread. */
    void changeAServer(Random random) {
        Server server = servers.get(random.nextInt(SERVERS));
        String token = "token-" + names.incrementAndGet();
        int status;
        if (!server.isBelievedThere) {
            status = change(server.token, Optional.of(token), () -> send("POST", "/mcp-servers", """
                    {"slug": "%s", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "%s"}}
                    """.formatted(server.slug, token)));
            server.isBelievedThere = status == 201 || status == 409;
        } else if (random.nextInt(ONE_IN) == 0) {
            status = change(server.token, Optional.empty(), () -> send("DELETE", "/mcp-servers/" + server.slug, null));
            server.isBelievedThere = status != 204 && status != 404;
        } else {
            status = change(server.token, Optional.of(token), () -> send("POST",
                    "/mcp-servers/" + server.slug + "/rotate", "{\"token\": \"" + token + "\"}"));
            server.isBelievedThere = status != 404;
        }
    }

    /** Moves to another plan, revokes a key, or puts a new one in the place of one that is revoked. For one thread. */
    void changeAKeyOrThePlan(Random random) {
        if (lastPlan == Plan.STARTER || random.nextInt(ONE_IN) == 0) {
            lastPlan = lastPlan == Plan.STARTER ? Plan.GROWTH : Plan.STARTER;
            int _ = change(plan, lastPlan, () -> send("PUT", "/plan", "{\"plan\": \"" + lastPlan + "\"}"));
            return;
        }
        int place = random.nextInt(KEYS);
        Key key = keys.get(place);
        if (key == null || !key.inForce().mayBe(key.inForce().mark(), inForce -> inForce)) {
            LeashAnswer answer = send("POST", "/api-keys", "{\"name\": \"app\"}");
            if (answer != null && answer.status() == 201) {
                keys.set(place, new Key(answer.member("id"), answer.member("value"), new History<>(true)));
                changes.incrementAndGet();
            }
        } else if (random.nextBoolean()) {
            int status = change(key.inForce(), false, () -> send("DELETE", "/api-keys/" + key.id(), null));
            if (status != 204) {
                keys.set(place, null);
            }
        }
    }

    /** The status; 503 if there was no answer. */
    private <S> int change(History<S> history, S next, Supplier<@Nullable LeashAnswer> request) {
        history.begin(next);
        LeashAnswer answer = request.get();
        int status = answer == null ? 503 : answer.status();
        if (status < 300) {
            history.acknowledge();
            changes.incrementAndGet();
        } else if (status == 402 || status == 404 || status == 409) {
            history.refuse();
        } else if (status != 503) {
            throw new AssertionError("A change was answered by " + answer.text());
        }
        return status;
    }

    /** Null if the node gave no answer. */
    private @Nullable LeashAnswer send(String method, String path, @Nullable String json) {
        try {
            LeashClient.Call call = anyNode.get().call(method, "/api/organization" + path).key(adminKey);
            return (json == null ? call : call.json(json)).send();
        } catch (UncheckedIOException e) {
            return null;
        }
    }
}
