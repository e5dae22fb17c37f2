package build.leash.app.web;

import build.leash.app.web.error.InvalidRequest;
import build.leash.registry.api.ServerVersion;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entity tags of what has versions, in {@code ETag}, {@code If-Match} and {@code If-None-Match} (RFC 9110, 8.8.3, 13.1). */
public final class ETags {

    private static final String ANY = "*";
    private static final Pattern STRONG = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern WEAK_PREFIX = Pattern.compile("W/(?=\")");

    private ETags() {}

    public static String of(ServerVersion version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that an {@code If-Match} names; null if the header is absent or matches any.
     *
     * @throws InvalidRequest if it is not one strong entity tag that we gave out
     */
    public static @Nullable ServerVersion expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals(ANY)) {
            return null;
        }
        Matcher tag = STRONG.matcher(ifMatch.strip());
        Optional<ServerVersion> version = tag.matches() ? ServerVersion.parse(tag.group(1)) : Optional.empty();
        return version.orElseThrow(() -> new InvalidRequest("If-Match", "Give the server's ETag, quotes included."));
    }

    /** The tag of a thing that has this name and this version. */
    public static String of(String name, long version) {
        return "\"" + name + "." + version + "\"";
    }

    /**
     * The version of the thing of this name that an {@code If-Match} names; null if the header is absent or matches any.
     *
     * @throws InvalidRequest if it is not one strong entity tag that we gave out for it
     */
    public static @Nullable Long expected(@Nullable String ifMatch, String name) {
        if (ifMatch == null || ifMatch.strip().equals(ANY)) {
            return null;
        }
        Matcher tag = STRONG.matcher(ifMatch.strip());
        if (tag.matches() && tag.group(1).startsWith(name + ".")) {
            String version = tag.group(1).substring(name.length() + 1);
            if (NUMBER.matcher(version).matches()) {
                return Long.valueOf(version);
            }
        }
        throw new InvalidRequest("If-Match", "Give the ETag of what is to change, quotes included.");
    }

    /** Whether an {@code If-None-Match} names the version; a tag that is not ours matches nothing. */
    public static boolean matches(@Nullable String ifNoneMatch, ServerVersion version) {
        if (ifNoneMatch == null) {
            return false;
        }
        Set<String> tags = Arrays.stream(ifNoneMatch.split(",")).map(String::strip)
                .map(tag -> WEAK_PREFIX.matcher(tag).replaceFirst("")).collect(Collectors.toSet());
        return tags.contains(ANY) || tags.contains(of(version));
    }
}
