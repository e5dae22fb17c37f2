package build.leash.app.dashboard.live;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Sessions;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The open pages on this node, each with the session that opened it. */
@Component
final class Watchers implements SmartLifecycle {

    /** On one node, so that pages cannot use up its memory. One that finds no room is simply not live. */
    static final int MAX = 5_000;
    /** After it the browser comes back by itself, and its session is looked at again. */
    static final long LIFETIME_MILLISECONDS = 300_000;

    /** The browser's event of a stream that tells of changes from now on. What happened before may have been missed. */
    private static final String LIVE = "leash-live";

    private final Sessions sessions;
    private final Map<SseEmitter, Watcher> open = new ConcurrentHashMap<>();
    private volatile boolean running;

    private record Watcher(OrganizationId organization, PlainToken session) {}

    Watchers(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A stream for the page; one that has ended already if there is no room or the node is going down. */
    SseEmitter watch(OrganizationId organization, PlainToken session) {
        SseEmitter emitter = new SseEmitter(LIFETIME_MILLISECONDS);
        if (!running || open.size() >= MAX) {
            emitter.complete();
            return emitter;
        }
        emitter.onCompletion(() -> forget(emitter));
        emitter.onTimeout(emitter::complete);
        open.put(emitter, new Watcher(organization, session));
        send(emitter, SseEmitter.event().name(LIVE).data(""));
        return emitter;
    }

    Set<OrganizationId> organizations() {
        return open.values().stream().map(Watcher::organization).collect(Collectors.toSet());
    }

    /**
     * Tells the organization's pages. One whose session is over or acts for another organization by now is made to ask
     * once more, by which it learns so, and is told nothing after that.
     */
    void tell(OrganizationId organization, Collection<Topic> topics) {
        open.forEach((emitter, watcher) -> {
            if (!watcher.organization().equals(organization)) {
                return;
            }
            if (mayKnow(watcher)) {
                topics.forEach(topic -> send(emitter, SseEmitter.event().name(topic.event()).data("")));
            } else {
                send(emitter, SseEmitter.event().name(Topic.ACTIVITY.event()).data(""));
                emitter.complete();
            }
        });
    }

    /** Keeps connections open through proxies, and finds those that are gone. */
    void beat() {
        open.keySet().forEach(emitter -> send(emitter, SseEmitter.event().comment("")));
    }

    private boolean mayKnow(Watcher watcher) {
        return sessions.find(watcher.session()).map(Sessions.Session::current)
                .filter(current -> current.organization().equals(watcher.organization())).isPresent();
    }

    private void send(SseEmitter emitter, SseEmitter.SseEventBuilder event) {
        try {
            emitter.send(event);
        } catch (IOException | IllegalStateException e) {
            forget(emitter);
        }
    }

    private void forget(SseEmitter emitter) {
        open.remove(emitter);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the server waits for requests to end: these would not. */
    @Override
    public void stop() {
        running = false;
        open.keySet().forEach(SseEmitter::complete);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
