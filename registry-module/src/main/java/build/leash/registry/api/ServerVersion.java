package build.leash.registry.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server at one version, in the form {@code <serverId>.<version>} that its strong ETag has between the quotes. */
public record ServerVersion(McpServerId serverId, long version) {

    private static final Pattern FORM = Pattern
            .compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([1-9]\\d{0,17})");

    /** The version of which this is the text, if it is the text of one. */
    public static Optional<ServerVersion> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new ServerVersion(McpServerId.of(form.group(1)), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return serverId + "." + version;
    }
}
