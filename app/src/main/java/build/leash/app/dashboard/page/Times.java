package build.leash.app.dashboard.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in words, in UTC; the browser turns them into the reader's own. */
public final class Times {

    private static final DateTimeFormatter WORDS = DateTimeFormatter
            .ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    public String of(Instant instant) {
        return WORDS.format(instant);
    }
}
