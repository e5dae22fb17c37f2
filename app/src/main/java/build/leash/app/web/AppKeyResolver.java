package build.leash.app.web;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppKey;
import build.leash.access.api.KnownKey;
import build.leash.access.api.ManagementKey;
import build.leash.access.api.Rejected;
import build.leash.app.audit.readlog.ReadKind;
import build.leash.app.audit.readlog.ReadLog;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller the {@link AppKey} that was presented, for a read that it records, or the {@link KeyHolder}, whose use
 * is recorded here; and counts the use. The key comes as {@code X-API-Key}, or, if there is none, as a bearer token
 * (RFC 6750, section 2.1). A bearer token that is no app key is the end user's and nobody's business here.
 */
final class AppKeyResolver implements HandlerMethodArgumentResolver {

    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;
    private final RateLimit rateLimit;
    private final ReadLog reads;

    AppKeyResolver(ApiKeys keys, RateLimit rateLimit, ReadLog reads) {
        this.keys = keys;
        this.rateLimit = rateLimit;
        this.reads = reads;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == AppKey.class || parameter.getParameterType() == KeyHolder.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
        HttpServletRequest servletRequest = Objects
                .requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        String presented = presented(servletRequest);
        boolean isForRead = parameter.getParameterType() == AppKey.class;
        try {
            return isForRead ? app(presented) : holder(presented, servletRequest);
        } catch (Rejected e) {
            ReadKind kind = isForRead || !isForManagement(presented) ? ReadKind.ENV : ReadKind.MANAGEMENT;
            keys.known(presented).ifPresent(known -> reads.refused(servletRequest, kind, known, null, e));
            throw e;
        }
    }

    private AppKey app(@Nullable String presented) {
        AppKey key = keys.recognizeApp(presented);
        rateLimit.use(key.id());
        return key;
    }

    private KeyHolder holder(@Nullable String presented, HttpServletRequest request) {
        String requestId = RequestId.of(request);
        if (!isForManagement(presented)) {
            AppKey key = app(presented);
            reads.used(request, KnownKey.of(key));
            return new KeyHolder.App(key, requestId);
        }
        ManagementKey key = keys.recognizeManagement(presented);
        rateLimit.use(key.id());
        reads.used(request, KnownKey.of(key));
        return new KeyHolder.Automation(key.as(requestId));
    }

    private static boolean isForManagement(@Nullable String presented) {
        return presented != null && presented.startsWith(ApiKeyKind.MANAGEMENT.prefix());
    }

    /** The key as it came; null if none did. */
    private static @Nullable String presented(HttpServletRequest request) {
        String key = request.getHeader("X-API-Key");
        if (key != null) {
            return key;
        }
        String authorization = request.getHeader("Authorization");
        boolean isKey = authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && authorization.startsWith(ApiKeyKind.APP.prefix(), BEARER.length());
        return isKey ? authorization.substring(BEARER.length()) : null;
    }
}
