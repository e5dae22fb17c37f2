package build.leash.app.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Writers and fetchers of a few organizations. Each writer knows what its servers must be after every acknowledged write;
 * fetchers see to it that one server, which nobody changes, is handed off every time.
 */
final class LoadedServers implements AutoCloseable {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final int ORGANIZATIONS = 3;
    private static final int SLUGS = 5;

    private final RunningLeash leash;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<TestOrganization, Map<String, String>> tokens = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean isStopped;

    LoadedServers(RunningLeash leash) {
        this.leash = leash;
        for (int i = 0; i < ORGANIZATIONS; i++) {
            TestOrganization organization = leash.founds();
            organization.register("steady", "always");
            tokens.put(organization, new ConcurrentHashMap<>());
            threads.add(Thread.ofVirtual().start(() -> write(organization)));
            threads.add(Thread.ofVirtual().start(() -> fetch(organization)));
        }
    }

    int calls() {
        return calls.get();
    }

    /** Everything acknowledged is there, with what was acknowledged last, and nothing else. */
    void stopAndCheck() {
        close();
        assertThat(failures).isEmpty();
        tokens.forEach((organization, expected) -> IntStream.range(0, SLUGS).mapToObj(LoadedServers::slug)
                .forEach(slug -> assertThat(fetched(organization, slug)).as(slug)
                        .isEqualTo(expected.getOrDefault(slug, "404 unknown_mcp_server"))));
    }

    private void write(TestOrganization organization) {
        Map<String, String> own = tokens.get(organization);
        for (int i = 0; !isStopped; i++) {
            String slug = slug(i % SLUGS);
            String token = "t" + i;
            if (!own.containsKey(slug)) {
                send(organization, "POST", SERVERS, """
                        {"slug": "%s", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "%s"}}
                        """.formatted(slug, token), 201);
                own.put(slug, token);
            } else if (i % 7 == 0) {
                send(organization, "DELETE", SERVERS + "/" + slug, "", 204);
                own.remove(slug);
            } else {
                send(organization, "POST", SERVERS + "/" + slug + "/rotate", "{\"token\": \"" + token + "\"}", 200);
                own.put(slug, token);
            }
        }
    }

    private void fetch(TestOrganization organization) {
        while (!isStopped) {
            String fetched = fetched(organization, "steady");
            if (!fetched.equals("always")) {
                failures.add("Fetched " + fetched);
            }
            calls.incrementAndGet();
        }
    }

    private void send(TestOrganization organization, String method, String path, String body, int expected) {
        LeashAnswer answer = leash.client().call(method, path).key(organization.adminKey()).json(body).send();
        if (answer.status() != expected) {
            failures.add(method + " " + path + ": " + answer.text());
        }
        calls.incrementAndGet();
    }

    /** The bearer, or why there is none. */
    private static String fetched(TestOrganization organization, String slug) {
        LeashAnswer answer = organization.fetch(slug);
        return answer.status() == 200
                ? answer.json().at("/data/headers/Authorization").stringValue().substring("Bearer ".length())
                : answer.outcome();
    }

    private static String slug(int number) {
        return "busy-" + number;
    }

    @Override
    public void close() {
        isStopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
