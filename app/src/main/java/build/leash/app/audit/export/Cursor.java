package build.leash.app.audit.export;

import build.leash.app.web.error.InvalidRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an export goes on.
 *
 * @param size of the tree that is exported; events sealed later are not in it, whenever it is resumed
 * @param position of the last event that was received; -1 if there was none
 */
record Cursor(long size, long position) {

    private static final Pattern PATTERN = Pattern.compile("([1-9][0-9]{0,17})\\.([0-9]{1,18})");

    static Cursor start(long size) {
        return new Cursor(size, -1);
    }

    static Cursor parse(String text) {
        Matcher parts = PATTERN.matcher(text);
        if (!parts.matches() || Long.parseLong(parts.group(2)) >= Long.parseLong(parts.group(1))) {
            throw new InvalidRequest("after", "Give the `cursor` of the last event that was received.");
        }
        return new Cursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    Cursor at(long other) {
        return new Cursor(size, other);
    }

    @Override
    public String toString() {
        return size + "." + position;
    }
}
