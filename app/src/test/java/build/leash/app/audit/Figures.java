package build.leash.app.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What was measured, one line each, in {@code target/figures.txt}. */
public final class Figures {

    private static final Path FILE = Path.of("target/figures.txt");

    private Figures() {}

    /** @param values in the order in which they were measured */
    public static void note(String what, String unit, double... values) throws IOException {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        note("%s: median %.1f %s of %s".formatted(what, sorted[sorted.length / 2], unit,
                Arrays.stream(values).mapToObj("%.1f"::formatted).collect(Collectors.joining(", "))));
    }

    /** Notes a line that says all by itself. */
    public static void note(String line) throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
