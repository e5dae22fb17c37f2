package build.leash.app.audit;

import build.leash.app.web.error.InvalidRequest;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what a query asks for. */
public final class Parameters {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Parameters() {}

    /** @throws InvalidRequest for a text that no database holds */
    public static @Nullable String text(String name, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw new InvalidRequest(name, "This is no such value.");
        }
        return value;
    }

    /** @throws InvalidRequest for what is no time of the years that RFC 3339 can write */
    public static @Nullable Instant time(String name, @Nullable String text) {
        return text == null ? null : moment(name, text);
    }

    /** @throws InvalidRequest also if it is left out */
    public static Instant moment(String name, @Nullable String text) {
        try {
            Instant moment = Instant.parse(text == null ? "" : text);
            if (!moment.isBefore(EARLIEST) && !moment.isAfter(LATEST)) {
                return moment;
            }
        } catch (DateTimeException e) {
            // told below, in one sentence with the other rule
        }
        throw new InvalidRequest(name, "A time is written in RFC 3339, in UTC: 2026-01-31T12:00:00Z.");
    }
}
