package build.leash.app.durability;

import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Writes to servers of its own, one call after the other, and keeps account of what each may hold: the token of the last
 * acknowledged write, and those of later calls that got no answer, which may have been carried out or not.
 */
final class Writer implements Runnable {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final int ROTATIONS_PER_SERVER = 3;
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);
    private static final Optional<String> REVOKED = Optional.empty();

    private final String name;
    private final Supplier<LeashClient> leash;
    private final String adminKey;
    private final AtomicInteger acknowledged;
    private final Map<String, Set<Optional<String>>> possible = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param acknowledged counts the acknowledged writes of all writers */
    Writer(String name, Supplier<LeashClient> leash, String adminKey, AtomicInteger acknowledged) {
        this.name = name;
        this.leash = leash;
        this.adminKey = adminKey;
        this.acknowledged = acknowledged;
    }

    void stop() {
        stopped = true;
    }

    /** By slug, the tokens of which the server must hold one; the empty one stands for no server. */
    Map<String, Set<Optional<String>>> possible() {
        return Map.copyOf(possible);
    }

    @Override
    public void run() {
        for (int server = 0; !stopped; server++) {
            String slug = name + "-" + server;
            possible.put(slug, Set.of(REVOKED));
            write(slug, "POST", SERVERS, """
                    {"slug": "%s", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "%s"}}
                    """, Optional.of(slug + "~0"));
            for (int rotation = 1; rotation <= ROTATIONS_PER_SERVER && !stopped; rotation++) {
                write(slug, "POST", SERVERS + "/" + slug + "/rotate", "{\"token\": \"%2$s\"}",
                        Optional.of(slug + "~" + rotation));
            }
            if (server % 2 == 0) {
                write(slug, "DELETE", SERVERS + "/" + slug, "", REVOKED);
            }
        }
    }

    /** A 4xx means that an earlier call without an answer was carried out, or not: nothing is changed by this one. */
    private void write(String slug, String method, String path, String body, Optional<String> result) {
        Set<Optional<String>> before = possible.get(slug);
        Set<Optional<String>> either = new HashSet<>(before);
        either.add(result);
        possible.put(slug, Set.copyOf(either));
        int status = send(method, path, body.formatted(slug, result.orElse("")));
        if (status < 300) {
            possible.put(slug, Set.of(result));
            acknowledged.incrementAndGet();
        } else if (status < 500) {
            possible.put(slug, before);
        } else {
            Poll.until(RECOVERY_LIMIT, "Leash answers again", () -> stopped || send("GET", SERVERS, "") == 200);
        }
    }

    /** The status; 503 if there was no answer. */
    private int send(String method, String path, String body) {
        try {
            return leash.get().call(method, path).key(adminKey).json(body).send().status();
        } catch (UncheckedIOException noAnswer) {
            return 503;
        }
    }
}
