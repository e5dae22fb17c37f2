package build.leash.app.freshness;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** From where the nodes answered. */
final class ViewCounts {

    private ViewCounts() {}

    /** How many hand-offs all nodes answered from there since they started. */
    static double sum(Nodes nodes, String from) {
        Pattern line = Pattern.compile("leash_hand_off_views_total\\{from=\"" + from + "\"} (\\S+)");
        return nodes.all().stream()
                .map(node -> line.matcher(node.client().get("/actuator/prometheus").send().text()))
                .flatMap(found -> found.results().map(MatchResult::group).map(text -> text.replaceAll(".* ", "")))
                .mapToDouble(Double::parseDouble).sum();
    }
}
