package build.leash.access.api.event;

import java.util.Arrays;
import java.util.List;

/**
 * The events that one module records: all permitted classes of its sealed event interface. Each module offers one as a
 * bean; together they are the catalogue of what the log can hold.
 */
public record EventFamily(Class<? extends RecordedEvent> sealedInterface) {

    public List<Class<?>> events() {
        return Arrays.asList(sealedInterface.getPermittedSubclasses());
    }
}
