package build.leash.access.api;

/**
 * Whoever caused a change, in the form in which the event log keeps it: {@code api-key:<id>}, {@code person:<id>} or
 * {@code system:<part>}. Carries no personal data, so that the log can be exported.
 */
public record Actor(String value) {

    public static Actor apiKey(ApiKeyId id) {
        return new Actor("api-key:" + id);
    }

    public static Actor person(PersonId id) {
        return new Actor("person:" + id);
    }

    /** A part of Leash that acts on its own, for example {@code first-run}. */
    public static Actor system(String part) {
        return new Actor("system:" + part);
    }

    @Override
    public String toString() {
        return value;
    }
}
