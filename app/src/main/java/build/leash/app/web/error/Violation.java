package build.leash.app.web.error;

/**
 * A rule that a field breaks. Says what is allowed, and never repeats the value.
 *
 * @param field the member's path in the body, or the name of a header or parameter
 */
public record Violation(String field, String message) {}
