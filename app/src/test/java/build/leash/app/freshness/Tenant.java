package build.leash.app.freshness;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * An organization whose servers, keys and plan change all the time through whichever node, and a record of what was
 * acknowledged. A change without an answer may be made at any time, also later; then the thing is no longer looked at,
 * and another takes its place.
 */
final class Tenant {

    private static final int SERVERS = 4;
    private static final int KEYS = 3;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int UPGRADE_REQUIRED = 402;

    private final Supplier<LeashClient> anyNode;
    private final String adminKey;
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicReferenceArray<Server> servers = new AtomicReferenceArray<>(SERVERS);
    private final AtomicReferenceArray<Key> keys = new AtomicReferenceArray<>(KEYS);
    private final History<Plan> plan = new History<>(Plan.GROWTH);

    /** @param token what its bearer was, change after change; empty while it is not registered */
    record Server(String slug, History<Optional<String>> token) {}

    /** @param inForce whether it is */
    record Key(String id, String value, History<Boolean> inForce) {}

    Tenant(TestOrganization organization, Supplier<LeashClient> anyNode) {
        this.anyNode = anyNode;
        this.adminKey = organization.adminKey();
        for (int i = 0; i < SERVERS; i++) {
            servers.set(i, newServer());
        }
        for (int i = 0; i < KEYS; i++) {
            keys.set(i, new Key("", organization.appKey(), new History<>(true)));
        }
    }

    Server server(Random random) {
        return servers.get(random.nextInt(SERVERS));
    }

    Key key(Random random) {
        return keys.get(random.nextInt(KEYS));
    }

    History<Plan> plan() {
        return plan;
    }

    /** How many changes were acknowledged. */
    int changes() {
        return changes.get();
    }

    /** Rotates, revokes or registers one of the servers. */
    void changeAServer(Random random) {
        int place = random.nextInt(SERVERS);
        Server server = servers.get(place);
        String token = "token-" + names.incrementAndGet();
        if (server.token().current().isEmpty()) {
            change(server.token(), Optional.of(token), CREATED, () -> send("POST", "/mcp-servers", """
                    {"slug": "%s", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "%s"}}
                    """.formatted(server.slug(), token)));
        } else if (random.nextInt(5) == 0) {
            change(server.token(), Optional.empty(), NO_CONTENT,
                    () -> send("DELETE", "/mcp-servers/" + server.slug(), null));
        } else {
            change(server.token(), Optional.of(token), OK, () -> send("POST",
                    "/mcp-servers/" + server.slug() + "/rotate", "{\"token\": \"" + token + "\"}"));
        }
        if (server.token().isUncertain()) {
            servers.set(place, newServer());
        }
    }

    /** Revokes a key, or puts a new one in the place of a revoked one, or moves to a smaller plan and back. */
    void changeAKeyOrThePlan(Random random) {
        if (random.nextInt(3) == 0 && !plan.isUncertain()) {
            move(Plan.STARTER);
            move(Plan.GROWTH);
            return;
        }
        int place = random.nextInt(KEYS);
        Key key = keys.get(place);
        boolean canBeRevoked = !key.id().isEmpty() && key.inForce().current() && !key.inForce().isUncertain();
        if (canBeRevoked && random.nextBoolean()) {
            change(key.inForce(), false, NO_CONTENT, () -> send("DELETE", "/api-keys/" + key.id(), null));
        } else {
            LeashAnswer answer = send("POST", "/api-keys", "{\"name\": \"app\"}");
            if (answer != null && answer.status() == CREATED) {
                keys.set(place, new Key(answer.member("id"), answer.member("value"), new History<>(true)));
                changes.incrementAndGet();
            }
        }
    }

    private void move(Plan to) {
        if (!plan.isUncertain()) {
            change(plan, to, OK, () -> send("PUT", "/plan", "{\"plan\": \"" + to + "\"}"));
        }
    }

    private <S> void change(History<S> history, S next, int success, Supplier<LeashAnswer> request) {
        history.begin(next);
        LeashAnswer answer = request.get();
        if (answer != null && answer.status() == success) {
            history.acknowledge();
            changes.incrementAndGet();
        } else if (answer != null && answer.status() == UPGRADE_REQUIRED) {
            history.refuse();
        } else if (answer != null && answer.status() < 500) {
            throw new AssertionError("A change was turned down: " + answer.text());
        } else {
            history.lose();
        }
    }

    /** Null if the node gave no answer. */
    private LeashAnswer send(String method, String path, String json) {
        try {
            LeashClient.Call call = anyNode.get().call(method, "/api/organization" + path).key(adminKey);
            return (json == null ? call : call.json(json)).send();
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private Server newServer() {
        return new Server("server-" + names.incrementAndGet(), new History<>(Optional.empty()));
    }
}
