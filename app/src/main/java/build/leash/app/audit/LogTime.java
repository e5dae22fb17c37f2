package build.leash.app.audit;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Moments as the log writes them, in UTC with milliseconds, so that they compare as text. */
public final class LogTime {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private LogTime() {}

    /** @param moment of a year with four digits; what it has below milliseconds is cut off */
    public static String of(Instant moment) {
        return FORMAT.format(moment);
    }
}
