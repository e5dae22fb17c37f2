package build.leash.app.eventstore;

import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** What makes an event of an earlier revision one of the present: each takes it one step further, in their order. */
record Upcasters(EventUpcasterChain chain) {

    static Upcasters of(List<EventUpcaster> steps) {
        return new Upcasters(new EventUpcasterChain(steps));
    }
}
