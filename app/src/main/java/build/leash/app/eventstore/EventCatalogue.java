package build.leash.app.eventstore;

import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Revision;

/** Every event that the log can hold, by its stored name. */
public final class EventCatalogue {

    private final Map<String, Class<?>> classes = new HashMap<>();

    /** @throws IllegalStateException if an event has no name or revision, or two have the same name */
    public EventCatalogue(Collection<EventFamily> families) {
        families.stream().map(EventFamily::events).flatMap(List::stream).forEach(this::add);
    }

    /** The stored name of an event's class. */
    public String nameOf(Class<?> event) {
        EventName name = event.getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalStateException("An event without @EventName: " + event.getName());
        }
        return name.value();
    }

    /** @throws UnknownEvent if no module records events of that name */
    public Class<?> classOf(String name) {
        Class<?> event = classes.get(name);
        if (event == null) {
            throw new UnknownEvent(name);
        }
        return event;
    }

    public Collection<Class<?>> events() {
        return List.copyOf(classes.values());
    }

    private void add(Class<?> event) {
        if (event.getAnnotation(Revision.class) == null) {
            throw new IllegalStateException("An event without @Revision: " + event.getName());
        }
        Class<?> other = classes.put(nameOf(event), event);
        if (other != null) {
            throw new IllegalStateException("Two events are named " + nameOf(event));
        }
    }
}
