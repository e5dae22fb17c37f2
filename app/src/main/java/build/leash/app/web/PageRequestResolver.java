package build.leash.app.web;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.PageRequest;
import build.leash.app.web.error.InvalidRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a controller's {@link PageRequest} from the parameters {@code after} and {@code limit}. */
final class PageRequestResolver implements HandlerMethodArgumentResolver {

    private static final int MAX_CURSOR_LENGTH = 100;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public PageRequest resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
        String after = parameter(request, "after");
        if (after != null && (after.length() > MAX_CURSOR_LENGTH || after.indexOf('\0') >= 0)) {
            throw new InvalidRequest("after", "Give the `next` of the page before.");
        }
        return new PageRequest(after, limit(parameter(request, "limit")));
    }

    private static @Nullable String parameter(NativeWebRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values != null && values.length > 1) {
            throw new InvalidRequest(name, "This parameter is given more than once.");
        }
        return values == null ? null : values[0];
    }

    private static int limit(@Nullable String text) {
        try {
            int limit = text == null ? PageRequest.DEFAULT_LIMIT : Integer.parseInt(text);
            return new PageRequest(null, limit).limit();
        } catch (NumberFormatException | InvalidValue e) {
            throw new InvalidRequest("limit", "A page has 1 to " + PageRequest.MAX_LIMIT + " items.");
        }
    }
}
