package build.leash.app.dashboard.live;

import java.util.Locale;
import java.util.stream.Stream;

/** The parts of a page that can be out of date. */
public enum Topic {
    SERVERS, KEYS, SECRETS, MEMBERS, PLAN, ENCRYPTION, ACTIVITY;

    /** The topic of an event, by its stored name. */
    static Topic of(String eventName) {
        return switch (eventName.substring(0, eventName.indexOf('.') + 1)) {
            case "registry." -> SERVERS;
            case "billing." -> PLAN;
            case "access." -> eventName.startsWith("access.api-key") ? KEYS : MEMBERS;
            case "secrets." -> isOfAKey(eventName) ? ENCRYPTION : SECRETS;
            default -> ACTIVITY;
        };
    }

    private static boolean isOfAKey(String eventName) {
        return Stream.of("key-", "secrets-", "shredded").anyMatch(eventName::contains);
    }

    /** The event in the browser that makes the part load itself again. */
    public String event() {
        return "leash-" + name().toLowerCase(Locale.ROOT);
    }
}
