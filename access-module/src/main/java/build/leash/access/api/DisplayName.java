package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A name for people to read: 1 to {@value #MAX_LENGTH} characters, not blank, without control characters, without
 * bidirectional overrides (Unicode TR 36, section 2.10: they make a name look like another one) and without lone
 * surrogates. Surrounding white space is cut off.
 */
public record DisplayName(String value) {

    public static final int MAX_LENGTH = 100;

    public DisplayName {
        value = value.strip();
        if (value.codePoints().allMatch(DisplayName::isInvisible)
                || value.codePointCount(0, value.length()) > MAX_LENGTH
                || !value.codePoints().allMatch(DisplayName::isReadable)) {
            throw new InvalidValue("A name has 1 to " + MAX_LENGTH
                    + " characters, not only blanks, and no control or direction-changing characters.");
        }
    }

    /**
     * The name with this text.
     *
     * @throws InvalidValue if the text breaks the rules of a name
     */
    @JsonCreator
    public static DisplayName of(String text) {
        return new DisplayName(text);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.SPACE_SEPARATOR || type == Character.FORMAT;
    }

    private static boolean isReadable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> !isDirectionOverride(codePoint);
        };
    }

    private static boolean isDirectionOverride(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
