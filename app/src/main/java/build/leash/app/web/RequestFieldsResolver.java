package build.leash.app.web;

import build.leash.app.web.error.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a controller's {@link RequestFields} from the body: one JSON object, no member twice, nothing behind it. In
 * place of {@code @RequestBody}, whose converters log what they read.
 */
final class RequestFieldsResolver implements HandlerMethodArgumentResolver {

    private static final int MAX_DEPTH = 8;
    private static final JsonMapper JSON = JsonMapper
            .builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RequestFields.class;
    }

    @Override
    public RequestFields resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
        HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
        JsonNode body = parse(servletRequest == null ? new byte[0] : RequestBody.of(servletRequest));
        if (!body.isObject()) {
            throw new InvalidRequest("", "The body is a JSON object.");
        }
        return new RequestFields(body);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new InvalidRequest("", "The body is not well-formed JSON, repeats a member, or is nested deeper than "
                    + MAX_DEPTH + " levels.");
        }
    }
}
