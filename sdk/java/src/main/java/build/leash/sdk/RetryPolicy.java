package build.leash.sdk;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and how patiently, a call that failed for a passing reason is tried again.
 *
 * @param retries how many further attempts there are at most
 * @param maxWait what {@code Retry-After} may ask for at most; more than that fails at once
 */
record RetryPolicy(int retries, Duration maxWait) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration JITTER = Duration.ofMillis(250);

    /** 429 and 503 say that waiting helps; 502 and 504 come from whatever stands in between. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /**
     * How long to wait after this attempt: at least what the server asked for, otherwise longer with each one, and at
     * random so that many clients do not come back at once. Empty if there is no further one.
     *
     * @param attempt from 1
     */
    Optional<Duration> pauseAfter(int attempt, Optional<String> retryAfter) {
        if (attempt > retries) {
            return Optional.empty();
        }
        Optional<Duration> asked = retryAfter.flatMap(value -> parse(value, Instant.now()));
        if (asked.isEmpty()) {
            Duration doubled = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
            return Optional.of(random(doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE));
        }
        return asked.filter(pause -> pause.compareTo(maxWait) <= 0).map(pause -> pause.plus(random(JITTER)));
    }

    /** RFC 9110, 10.2.3: seconds or a date. Empty for anything else. */
    static Optional<Duration> parse(String value, Instant now) {
        String stripped = value.strip();
        if (stripped.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(stripped)));
        }
        try {
            Instant date = ZonedDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration random(Duration most) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1));
    }
}
