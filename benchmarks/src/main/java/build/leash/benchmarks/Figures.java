package build.leash.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What was measured, round after round. */
final class Figures {

    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();
    private final Consumer<List<Figure>> told;

    /** @param told gets all of them whenever there is one more */
    Figures(Consumer<List<Figure>> told) {
        this.told = told;
    }

    /** @param unit of all of the values; {@code x} for a ratio */
    record Figure(String name, String unit, double median, double lowest, double highest, List<Double> rounds) {}

    /** Adds a value of this figure, whose name ends with its unit in parentheses. */
    void add(String name, double value) {
        rounds.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        told.accept(all());
    }

    /** Adds the ratio of two figures of the latest round. */
    void addRatio(String name, String of, String to) {
        add(name, latest(of) / latest(to));
    }

    private double latest(String name) {
        return rounds.getOrDefault(name, List.of(Double.NaN)).getLast();
    }

    double median(String name) {
        return median(rounds.getOrDefault(name, List.of(Double.NaN)));
    }

    List<Figure> all() {
        List<Figure> all = new ArrayList<>();
        rounds.forEach((name, values) -> {
            int unit = name.lastIndexOf('(');
            all.add(new Figure(name.substring(0, unit).strip(), name.substring(unit + 1, name.length() - 1),
                    median(values), values.stream().min(Double::compare).orElseThrow(),
                    values.stream().max(Double::compare).orElseThrow(), List.copyOf(values)));
        });
        return all;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
    }
}
