package build.leash.secrets.provider;

import build.leash.access.api.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules for the settings of a kind of source: which there are, which must be there, and of what form each is. */
record Settings(String kind, List<Rule> rules) {

    private static final int MAX_LENGTH = 2048;

    /** @param check throws {@link InvalidValue}, and answers what it is given */
    record Rule(String name, boolean required, UnaryOperator<String> check) {}

    static Settings of(String kind, Rule... rules) {
        return new Settings(kind, List.of(rules));
    }

    static Rule required(String name, UnaryOperator<String> check) {
        return new Rule(name, true, check);
    }

    static Rule optional(String name, UnaryOperator<String> check) {
        return new Rule(name, false, check);
    }

    /** A form that the whole text has. */
    static UnaryOperator<String> form(Pattern form, String whatIsAllowed) {
        return text -> {
            if (!form.matcher(text).matches()) {
                throw new InvalidValue(whatIsAllowed);
            }
            return text;
        };
    }

    void check(Map<String, String> settings) {
        boolean isKnown = rules.stream().map(Rule::name).toList().containsAll(settings.keySet());
        boolean isComplete = rules.stream().filter(Rule::required).allMatch(rule -> settings.containsKey(rule.name()));
        if (!isKnown || !isComplete) {
            throw new InvalidValue("A source of the kind " + kind + " has these settings: " + names() + ".");
        }
        for (Rule rule : rules) {
            String value = settings.get(rule.name());
            if (value != null && value.length() > MAX_LENGTH) {
                throw new InvalidValue("A setting has at most " + MAX_LENGTH + " characters.");
            }
            if (value != null) {
                String _ = rule.check().apply(value);
            }
        }
    }

    private String names() {
        Stream<String> names = rules.stream().map(rule -> rule.name() + (rule.required() ? "" : " (optional)"));
        return names.collect(Collectors.joining(", "));
    }
}
