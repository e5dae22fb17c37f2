package build.leash.app.audit.readlog;

import build.leash.access.api.KnownKey;
import build.leash.access.api.Slug;
import build.leash.app.web.RequestId;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.ServerVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did with a key.
 *
 * @param slug null if what was asked for is none
 * @param server that was handed off; null if none was
 * @param envKey of an env value; null if what was asked for is none
 * @param version that was handed off, {@code <server id>.<number>}, or read, {@code <source id>.<number>}; null if none
 *        was
 * @param outcome {@link #HANDED_OFF}, {@link #UNCHANGED}, {@link #READ}, {@link #USED}, or the code of the error
 * @param userAgent the products it names; null if there are none
 * @param times how many attempts it stands for; all else is of the first of them
 */
record Read(Instant at, ReadKind kind, KnownKey key, @Nullable String slug, @Nullable McpServerId server,
        @Nullable String envKey, @Nullable String version, String outcome, String requestId, String remoteAddress,
        @Nullable String userAgent, int times) {

    static final String HANDED_OFF = "handed_off";
    static final String UNCHANGED = "unchanged";
    /** The value of an environment variable was handed out. */
    static final String READ = "read";
    /** Something was done with a management key. If it changed anything, the event log tells. */
    static final String USED = "used";

    static Read handOff(HttpServletRequest request, Instant at, KnownKey key, String slug, ServerVersion version,
            String outcome) {
        return of(request, at, ReadKind.HAND_OFF, key, slug, version.serverId(), null, version.toString(), outcome);
    }

    static Read env(HttpServletRequest request, Instant at, KnownKey key, @Nullable String envKey,
            @Nullable String version, String outcome) {
        return of(request, at, ReadKind.ENV, key, null, null, envKey, version, outcome);
    }

    static Read refused(HttpServletRequest request, Instant at, ReadKind kind, KnownKey key, @Nullable String slug,
            String outcome) {
        return of(request, at, kind, key, slug, null, null, null, outcome);
    }

    private static Read of(HttpServletRequest request, Instant at, ReadKind kind, KnownKey key, @Nullable String slug,
            @Nullable McpServerId server, @Nullable String envKey, @Nullable String version, String outcome) {
        return new Read(at, kind, key, slug != null && Slug.isValid(slug) ? slug : null, server, envKey, version,
                outcome, RequestId.of(request), request.getRemoteAddr(),
                UserAgent.productsOf(request.getHeader("User-Agent")), 1);
    }

    /** The same, once more. */
    Read again() {
        return new Read(at, kind, key, slug, server, envKey, version, outcome, requestId, remoteAddress, userAgent,
                times + 1);
    }

    /** Whether it has a line of its own; of the others only the time of the key's last use is kept. */
    boolean isListed() {
        return !outcome.equals(USED);
    }

    /** The columns of {@link ReadBatch}, in their order. */
    void writeTo(CopyRows rows) {
        rows.begin();
        rows.time(at);
        rows.text(kind.toString());
        rows.uuid(key.organization().value());
        rows.uuid(key.id().value());
        rows.text(slug);
        rows.text(version);
        rows.text(envKey);
        rows.text(outcome);
        rows.text(requestId);
        rows.text(remoteAddress);
        rows.text(userAgent);
        rows.number(times);
    }
}
