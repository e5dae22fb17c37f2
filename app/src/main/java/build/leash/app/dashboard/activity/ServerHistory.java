package build.leash.app.dashboard.activity;

import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.Permission;
import build.leash.access.api.Slug;
import build.leash.access.api.event.RecordedEvent;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import build.leash.registry.api.event.RegistryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** The history of one server from its registration on, read from the event log. */
@Component
public final class ServerHistory {

    /** How many of the latest changes are shown. */
    public static final int SHOWN = 200;

    private final EventStore events;
    private final Activity activity;
    private final Names names;

    ServerHistory(EventStore events, Activity activity, Names names) {
        this.events = events;
        this.activity = activity;
        this.names = names;
    }

    /**
     * A step in the history.
     *
     * @param differences what became different; empty for a rotation
     */
    public record Step(String what, String who, Instant when, long version, List<Difference> differences) {}

    /** @param name of the server, as it was called last */
    public record History(String name, boolean revoked, List<Step> steps) {}

    /** The steps, the latest first; none if no server ever had the slug. */
    public History of(Caller caller, Slug slug) {
        return of(caller, slug, SHOWN);
    }

    History of(Caller caller, Slug slug, int shown) {
        caller.mustBeAllowedTo(Permission.READ);
        return activity.serverWith(caller.organization(), slug).map(aggregate -> read(caller, aggregate, shown))
                .orElse(new History(slug.value(), false, List.of()));
    }

    /** Reads from near the end, however long the history is. */
    private History read(Caller caller, String aggregate, int shown) {
        long first = Math.max(0, events.lastSequenceNumberFor(aggregate).orElse(0L) - shown + 1);
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        DomainEventStream stream = events.readEvents(aggregate, first);
        stream.forEachRemaining(messages::add);
        Map<String, String> actors = names.of(caller.organization(),
                messages.stream().map(ServerHistory::actor).distinct().toList());
        List<Step> steps = new ArrayList<>();
        Endpoint before = endpointBefore(aggregate, first);
        for (DomainEventMessage<?> message : messages) {
            RegistryEvent event = (RegistryEvent) message.getPayload();
            Endpoint after = before.after(event);
            steps.add(new Step(words(event), Objects.requireNonNull(actors.get(actor(message))),
                    message.getTimestamp(), event.version(), before.differencesTo(after)));
            before = after;
        }
        Collections.reverse(steps);
        boolean revoked = !messages.isEmpty() && messages.getLast().getPayload() instanceof McpServerRevoked;
        return new History(before.displayName(), revoked, List.copyOf(steps));
    }

    /** A change tells all but the authentication, and that once rotated is a bearer: the latest of each kind will do. */
    private Endpoint endpointBefore(String aggregate, long sequence) {
        Endpoint endpoint = Endpoint.NONE;
        for (RecordedEvent event : activity.latestOfEachKind(aggregate, sequence)) {
            endpoint = endpoint.after((RegistryEvent) event);
        }
        return endpoint;
    }

    private static String words(RegistryEvent event) {
        return switch (event) {
            case McpServerRegistered e -> "The server was registered";
            case McpServerChanged e -> "The server was changed";
            case BearerRotated e -> "The bearer was rotated";
            case McpServerRevoked e -> "The server was revoked";
        };
    }

    private static String actor(DomainEventMessage<?> message) {
        return String.valueOf(message.getMetaData().get(Commands.ACTOR));
    }
}
