package build.leash.app.audit.readlog;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's software calls itself (RFC 9110, section 10.1.5), without comments and without what is no product:
 * {@code curl/8.5.0}. A caller who puts a token into the wrong header must not find it in the read log.
 */
final class UserAgent {

    private static final int MAX_READ = 1024;
    private static final int MAX_PRODUCTS = 8;
    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
    /** A name with a version that begins with a digit, or a short word such as {@code node}. */
    private static final Pattern PRODUCT = Pattern
            .compile("(?<![^ ])(?:[A-Za-z][A-Za-z._-]{0,31}/[0-9][0-9A-Za-z._+-]{0,23}|[a-z]{1,12})(?![^ ])");

    private UserAgent() {}

    /** @return null if the header tells no product */
    static @Nullable String productsOf(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String read = header.substring(0, Math.min(MAX_READ, header.length()));
        String products = PRODUCT.matcher(COMMENT.matcher(read).replaceAll(" ")).results().map(MatchResult::group)
                .limit(MAX_PRODUCTS).collect(Collectors.joining(" "));
        return products.isEmpty() ? null : products;
    }
}
