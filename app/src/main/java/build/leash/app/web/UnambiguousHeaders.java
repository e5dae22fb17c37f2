package build.leash.app.web;

import build.leash.app.web.error.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;

/** The headers that say who asks for what: given twice, there would be two answers. */
public final class UnambiguousHeaders {

    private static final List<String> ONCE = List.of("X-API-Key", "Idempotency-Key", "If-Match", "Content-Type");

    private UnambiguousHeaders() {}

    /** Whether none of them is given more than once. */
    public static boolean are(HttpServletRequest request) {
        for (String header : ONCE) {
            if (isRepeated(request, header)) {
                return false;
            }
        }
        return true;
    }

    /** @throws InvalidRequest naming the first that is given more than once */
    static void mustBe(HttpServletRequest request) {
        for (String header : ONCE) {
            if (isRepeated(request, header)) {
                throw new InvalidRequest(header, "This header is given more than once.");
            }
        }
    }

    private static boolean isRepeated(HttpServletRequest request, String header) {
        Enumeration<String> values = request.getHeaders(header);
        if (!values.hasMoreElements()) {
            return false;
        }
        values.nextElement();
        return values.hasMoreElements();
    }
}
