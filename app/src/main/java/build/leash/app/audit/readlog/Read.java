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
 * @param envKey of an env value; null for a hand-off, and if what was asked for is none
 * @param version that was handed off, {@code <server id>.<number>}, or that was read, {@code <source id>.<number>}; null
 *        if none was
 * @param outcome {@code handed_off}, {@code unchanged}, {@code read}, or the code of the error
 * @param userAgent the products it names; null if there are none
 */
record Read(Instant at, AppKey key, @Nullable String slug, @Nullable String envKey, @Nullable String version,
        String outcome, String requestId,
        String remoteAddress, @Nullable String userAgent) {

    static Read of(HttpServletRequest request, Instant at, AppKey key, String slug, @Nullable String version,
            String outcome) {
        return new Read(at, key, Slug.isValid(slug) ? slug : null, null, version, outcome, RequestId.of(request),
                request.getRemoteAddr(), UserAgent.productsOf(request.getHeader("User-Agent")));
    }

    static Read ofEnv(HttpServletRequest request, Instant at, AppKey key, @Nullable String envKey,
            @Nullable String version, String outcome) {
        return new Read(at, key, null, envKey, version, outcome, RequestId.of(request), request.getRemoteAddr(),
                UserAgent.productsOf(request.getHeader("User-Agent")));
    }

    /** In PostgreSQL's text format of COPY. */
    String copyLine() {
        return Arrays
                .asList(at.toString(), key.organization().toString(), key.id().toString(), slug, envKey, version,
                        outcome,
                        requestId, remoteAddress, userAgent)
                .stream().map(Read::escaped)
                .collect(Collectors.joining("\t", "", "\n"));
    }

    private static String escaped(@Nullable String value) {
        return value == null
                ? "\\N"
                : value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
