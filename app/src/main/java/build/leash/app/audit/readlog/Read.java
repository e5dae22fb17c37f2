package build.leash.app.audit.readlog;

import build.leash.access.api.AppKey;
import build.leash.access.api.Slug;
import build.leash.app.web.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the read log.
 *
 * @param slug null if what was asked for is none
 * @param version that was handed off, {@code <server id>.<number>}; null if none was
 * @param outcome {@code handed_off}, {@code unchanged}, or the code of the error
 */
record Read(Instant at, AppKey key, @Nullable String slug, @Nullable String version, String outcome, String requestId,
        String remoteAddress, @Nullable String userAgent) {

    private static final int MAX_USER_AGENT = 256;

    static Read of(HttpServletRequest request, Instant at, AppKey key, String slug, @Nullable String version,
            String outcome) {
        return new Read(at, key, Slug.isValid(slug) ? slug : null, version, outcome, RequestId.of(request),
                request.getRemoteAddr(), shortened(request.getHeader("User-Agent")));
    }

    /** In PostgreSQL's text format of COPY. */
    String copyLine() {
        return Arrays.asList(at.toString(), key.organization().toString(), key.id().toString(), slug, version, outcome,
                requestId, remoteAddress, userAgent).stream().map(Read::escaped)
                .collect(Collectors.joining("\t", "", "\n"));
    }

    private static String escaped(@Nullable String value) {
        return value == null
                ? "\\N"
                : value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static @Nullable String shortened(@Nullable String userAgent) {
        if (userAgent == null) {
            return null;
        }
        String printable = userAgent.replaceAll("\\p{Cntrl}", " ");
        return printable.substring(0, Math.min(MAX_USER_AGENT, printable.length()));
    }
}
