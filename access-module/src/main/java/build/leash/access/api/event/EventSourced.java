package build.leash.access.api.event;

/** An aggregate, offered as a bean: a class with Axon's {@code @CommandHandler} and {@code @EventSourcingHandler}. */
public record EventSourced(Class<?> aggregate) {}
