package build.leash.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load from {@code wrk}, which leaves more of a small machine to what is measured than a JVM does. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern MEDIAN = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    /** After so many requests it begins anew, for requests that differ. */
    static final int DIFFERENT = 1_000;

    private final Path folder;

    Wrk(Path folder) {
        this.folder = folder;
    }

    /** @param medianMillis half of the answers took no longer */
    record Outcome(double perSecond, double medianMillis, long failures) {}

    static boolean isThere() {
        return Programs.find("wrk").isPresent();
    }

    Outcome run(Target target, int connections, Duration duration) throws IOException, InterruptedException {
        Path script = folder.resolve("wrk.lua");
        Files.writeString(script, script(target));
        String said = Programs.run(List.of("wrk", "-t1", "-c" + connections, "-d" + duration.toSeconds() + "s",
                "--latency", "-s", script.toString(), "http://127.0.0.1:" + target.port()), List.of());
        Matcher rate = RATE.matcher(said);
        Matcher median = MEDIAN.matcher(said);
        if (!rate.find() || !median.find()) {
            throw new IllegalStateException("wrk said:\n" + said);
        }
        Matcher failed = FAILED.matcher(said);
        return new Outcome(Double.parseDouble(rate.group(1)), millis(median),
                failed.find() ? Long.parseLong(failed.group(1)) : 0);
    }

    private static String script(Target target) {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            String request = new String(target.request().apply(i), StandardCharsets.US_ASCII);
            requests.add("[==[\n" + request.replace("\r\n", "\n") + "]==]");
        }
        return "local requests = {" + String.join(",\n", requests) + "}\n"
                + "for i, r in ipairs(requests) do requests[i] = r:gsub('\\n', '\\r\\n') end\n"
                + "local n = 0\nrequest = function() n = n % #requests + 1; return requests[n] end\n";
    }

    private static double millis(Matcher time) {
        double value = Double.parseDouble(time.group(1));
        return switch (time.group(2)) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            default -> value * 1_000;
        };
    }
}
