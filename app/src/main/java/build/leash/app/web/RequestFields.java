package build.leash.app.web;

import build.leash.access.api.InvalidValue;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.web.error.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object in a request. Each is asked for by name and turned into a value that is valid by
 * construction; what goes wrong is collected, and {@link #build} then refuses the request with all of it at once.
 * Members that nobody asked for are refused as well. Never prints what it holds.
 */
public final class RequestFields {

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z_-]{1,40}");

    /** How many broken rules are told at once; more than a request can break that is not made up for it. */
    static final int MAX_VIOLATIONS = 100;

    private final JsonNode object;
    private final String path;
    private final List<Violation> violations;
    private final Set<String> asked = new HashSet<>();
    private final List<RequestFields> nested = new ArrayList<>();

    /** @param object a JSON object */
    public RequestFields(JsonNode object) {
        this(object, "", new ArrayList<>());
    }

    private RequestFields(JsonNode object, String path, List<Violation> violations) {
        this.object = object;
        this.path = path;
        this.violations = violations;
    }

    /** The value of a member that must be there; null only if {@link #build} is going to refuse the request. */
    public <T> @Nullable T required(String name, Function<String, T> type) {
        if (!has(name)) {
            asked.add(name);
            violation(name, "This member is required.");
            return null;
        }
        return optional(name, type);
    }

    /** The value of a member, or null if it is not there. */
    public <T> @Nullable T optional(String name, Function<String, T> type) {
        asked.add(name);
        if (!has(name)) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isString()) {
            violation(name, "This member is a string.");
            return null;
        }
        return check(name, () -> type.apply(value.stringValue()));
    }

    /** Whether a member is true; false if it is not there. */
    public boolean flag(String name) {
        asked.add(name);
        if (has(name) && !object.get(name).isBoolean()) {
            violation(name, "This member is true or false.");
        }
        return has(name) && object.get(name).asBoolean(false);
    }

    /** The values of an array of strings, or null if it is not there. */
    public <T> @Nullable List<T> optionalList(String name, Function<String, T> type) {
        asked.add(name);
        if (!has(name)) {
            return null;
        }
        JsonNode array = object.get(name);
        if (!array.isArray() || !array.valueStream().allMatch(JsonNode::isString)) {
            violation(name, "This member is an array of strings.");
            return null;
        }
        return check(name, () -> array.valueStream().map(item -> type.apply(item.stringValue())).toList());
    }

    /** The values of an array of strings that must be there, and has at most so many. */
    public <T> @Nullable List<T> requiredList(String name, int max, Function<String, T> type) {
        if (!has(name)) {
            asked.add(name);
            violation(name, "This member is required.");
            return null;
        }
        if (object.get(name).size() > max) {
            asked.add(name);
            violation(name, "This array has at most " + max + " items.");
            return null;
        }
        return optionalList(name, type);
    }

    /** The value of a member that must be there and is a whole number in this range. */
    public @Nullable Long requiredNumber(String name, long min, long max) {
        if (!has(name)) {
            asked.add(name);
            violation(name, "This member is required.");
            return null;
        }
        return optionalNumber(name, min, max);
    }

    /** The value of a member that is a whole number in this range, or null if it is not there. */
    public @Nullable Long optionalNumber(String name, long min, long max) {
        asked.add(name);
        if (!has(name)) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < min
                || value.longValue() > max) {
            violation(name, "This member is a whole number from " + min + " to " + max + ".");
            return null;
        }
        return value.longValue();
    }

    /** The members of a nested object, or null if it is not there. */
    public @Nullable RequestFields optionalObject(String name) {
        asked.add(name);
        if (!has(name)) {
            return null;
        }
        if (!object.get(name).isObject()) {
            violation(name, "This member is an object.");
            return null;
        }
        RequestFields fields = new RequestFields(object.get(name), path + name + ".", violations);
        nested.add(fields);
        return fields;
    }

    /** The members of an object of strings, or null if it is not there. */
    public @Nullable Map<String, String> optionalTexts(String name) {
        RequestFields fields = optionalObject(name);
        if (fields == null) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String member : fields.names()) {
            String text = fields.optional(member, value -> value);
            if (text != null) {
                texts.put(member, text);
            }
        }
        return texts;
    }

    public boolean has(String name) {
        return object.has(name) && !object.get(name).isNull();
    }

    public boolean isString(String name) {
        return has(name) && object.get(name).isString();
    }

    /** The names of all members, in their order. */
    public List<String> names() {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    /** Makes a value out of several members, and collects what is wrong with it. */
    public <T> @Nullable T check(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValue e) {
            violation(name, e.whatIsAllowed());
            return null;
        }
    }

    /** Names the member only if it is a plain word: anything might have been put in its place by mistake. */
    public void violation(String name, String whatIsAllowed) {
        boolean isPlain = PLAIN_WORD.matcher(name).matches();
        String parent = path.isEmpty() ? "" : path.substring(0, path.length() - 1);
        Violation violation = new Violation(isPlain ? path + name : parent, whatIsAllowed);
        if (violations.size() < MAX_VIOLATIONS && !violations.contains(violation)) {
            violations.add(violation);
        }
    }

    /**
     * Makes the request's value, now that all members were asked for.
     *
     * @throws InvalidRequest if anything was wrong
     */
    public <T> T build(Supplier<T> value) {
        refuseOthers();
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        try {
            return value.get();
        } catch (InvalidValue e) {
            throw new InvalidRequest("", e.whatIsAllowed());
        }
    }

    private void refuseOthers() {
        String known = "Known are: " + String.join(", ", asked.stream().sorted().toList()) + ".";
        for (String name : names()) {
            if (!asked.contains(name)) {
                violation(name, "There is no such member. " + known);
            }
        }
        nested.forEach(RequestFields::refuseOthers);
    }
}
