package build.leash.app.audit.asof;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is not alike in two states of an organization.
 *
 * @param removed rows as they were, by subject
 * @param added rows as they are, by subject. A changed row is in both.
 */
public record Changes(Map<String, List<JsonNode>> removed, Map<String, List<JsonNode>> added) {

    public static Changes between(Map<String, List<JsonNode>> before, Map<String, List<JsonNode>> after) {
        return new Changes(without(before, after), without(after, before));
    }

    private static Map<String, List<JsonNode>> without(Map<String, List<JsonNode>> rows,
            Map<String, List<JsonNode>> others) {
        Map<String, List<JsonNode>> rest = new LinkedHashMap<>();
        rows.forEach((subject, of) -> {
            List<JsonNode> remaining = new ArrayList<>(of);
            remaining.removeAll(new HashSet<>(others.getOrDefault(subject, List.of())));
            if (!remaining.isEmpty()) {
                rest.put(subject, remaining);
            }
        });
        return rest;
    }
}
