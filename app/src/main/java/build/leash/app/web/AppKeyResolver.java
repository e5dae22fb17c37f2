package build.leash.app.web;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppKey;
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
 * Gives a controller the {@link AppKey} that was presented, or the {@link KeyHolder}, and counts the use. It comes as {@code X-API-Key}, or, if
 * there is none, as a bearer token (RFC 6750, section 2.1). A bearer token that is no app key is the end user's and
 * nobody's business here.
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
        try {
            return parameter.getParameterType() == AppKey.class
                    ? app(presented)
                    : holder(presented, RequestId.of(servletRequest));
        } catch (Rejected e) {
            keys.known(presented).ifPresent(known -> reads.refused(servletRequest, ReadKind.ENV, known, null, e));
            throw e;
        }
    }

    private AppKey app(@Nullable String presented) {
        AppKey key = keys.recognizeApp(presented);
        rateLimit.use(key.id());
        return key;
    }

    private KeyHolder holder(@Nullable String presented, String requestId) {
        if (presented == null || !presented.startsWith(ApiKeyKind.MANAGEMENT.prefix())) {
            return new KeyHolder.App(app(presented), requestId);
        }
        ManagementKey key = keys.recognizeManagement(presented);
        rateLimit.use(key.id());
        return new KeyHolder.Automation(key.as(requestId));
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
