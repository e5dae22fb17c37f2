package build.leash.app.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The port that Leash, in another process, says it listens on. Reads each byte of its log once: the log can be large. */
public final class StartedPort {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)\\D");
    private static final int LONGEST = 64;

    private final InputStream log;
    private String end = "";

    private StartedPort(InputStream log) {
        this.log = log;
    }

    /**
     * Waits until it is told.
     *
     * @param log where the process writes to its console
     * @throws AssertionError if the process ends without it, or does not tell it in time
     */
    public static int of(Process process, Path log) {
        try (InputStream in = Files.newInputStream(log)) {
            StartedPort port = new StartedPort(in);
            int[] found = new int[1];
            try {
                Poll.until(LIMIT, "Leash starts", () -> {
                    boolean isAlive = process.isAlive();
                    port.next().ifPresent(number -> found[0] = number);
                    return found[0] > 0 || !isAlive;
                });
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + ":\n" + Files.readString(log), e);
            }
            if (found[0] == 0) {
                throw new AssertionError("Leash did not start:\n" + Files.readString(log));
            }
            return found[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks at what came since the last time. */
    private OptionalInt next() {
        try {
            String text = end + new String(log.readAllBytes(), StandardCharsets.ISO_8859_1);
            end = text.substring(Math.max(0, text.length() - LONGEST));
            Matcher started = STARTED.matcher(text);
            return started.find() ? OptionalInt.of(Integer.parseInt(started.group(1))) : OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
