package build.leash.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows figures as a table, as JSON, and the rates as bars in SVG. What a run that broke had measured is in a JSON of
 * its own, so that it takes nothing from the results of the one before.
 */
final class Report {

    private static final int BAR_HEIGHT = 26;
    private static final int LABEL_WIDTH = 360;
    private static final int BAR_WIDTH = 420;

    private final Path folder;
    private final String name;
    private final Path incomplete;

    /** @param name of its files, without what they end with */
    Report(Path folder, String name) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.name = name;
        this.incomplete = folder.resolve(name + ".incomplete.json");
    }

    static String table(List<Figures.Figure> figures) {
        StringBuilder table = new StringBuilder(
                "| figure | median | lowest | highest | unit |\n|---|--:|--:|--:|---|\n");
        figures.forEach(figure -> table.append("| %s | %s | %s | %s | %s |%n".formatted(figure.name(),
                text(figure.median()), text(figure.lowest()), text(figure.highest()), figure.unit())));
        return table.toString();
    }

    void writeIncomplete(List<Figures.Figure> figures) {
        writeJson(incomplete, false, figures);
    }

    void write(List<Figures.Figure> figures) throws IOException {
        writeJson(folder.resolve(name + ".json"), true, figures);
        Files.writeString(folder.resolve(name + ".md"), table(figures));
        Files.writeString(folder.resolve(name + ".svg"), bars(figures.stream()
                .filter(figure -> figure.unit().equals("/s")).toList()));
        Files.deleteIfExists(incomplete);
    }

    private static void writeJson(Path file, boolean complete, List<Figures.Figure> figures) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("complete", complete);
        json.put("at", Instant.now().toString());
        json.put("java", Runtime.version().toString());
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("figures", figures);
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file.toFile(), json);
    }

    private static String bars(List<Figures.Figure> rates) {
        double most = rates.stream().mapToDouble(Figures.Figure::highest).max().orElse(1);
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                .formatted(LABEL_WIDTH + BAR_WIDTH + 100, BAR_HEIGHT * rates.size() + 20)
                + " font-family=\"sans-serif\" font-size=\"13\">\n");
        for (int i = 0; i < rates.size(); i++) {
            Figures.Figure rate = rates.get(i);
            int y = 10 + i * BAR_HEIGHT;
            svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                    LABEL_WIDTH - 8, y + 16, rate.name()));
            svg.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\""
                    + " fill=\"#3b6ea5\"/>%n", LABEL_WIDTH, y, rate.median() / most * BAR_WIDTH, BAR_HEIGHT - 6));
            svg.append(String.format(Locale.ROOT, "<line x1=\"%1$.0f\" x2=\"%2$.0f\" y1=\"%3$d\" y2=\"%3$d\""
                    + " stroke=\"#111\"/>%n", LABEL_WIDTH + rate.lowest() / most * BAR_WIDTH,
                    LABEL_WIDTH + rate.highest() / most * BAR_WIDTH, y + BAR_HEIGHT / 2 - 3));
            svg.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%d\">%s</text>%n",
                    LABEL_WIDTH + rate.highest() / most * BAR_WIDTH + 6, y + 16, text(rate.median())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String text(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
