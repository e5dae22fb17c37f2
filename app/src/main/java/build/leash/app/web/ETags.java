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

/** Entity tags of server versions in {@code ETag}, {@code If-Match} and {@code If-None-Match} (RFC 9110, 8.8.3, 13.1). */
public final class ETags {

    private static final String ANY = "*";
    private static final Pattern STRONG = Pattern.compile("\"([^\"]*)\"");
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
