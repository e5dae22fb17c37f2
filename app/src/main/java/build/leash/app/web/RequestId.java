package build.leash.app.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id by which a request is found again: in the answer, in the logs, and in the metadata of its events. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    /** Under which log lines find it. */
    public static final String MDC_KEY = "requestId";

    /** Room for UUIDs, ULIDs and trace ids. What looks like one of our keys is a mistake that must not be kept. */
    private static final Pattern SANE = Pattern.compile("(?!lsk_)[0-9A-Za-z_-]{8,64}");
    private static final String ATTRIBUTE = RequestId.class.getName();

    private RequestId() {}

    /** The request's id: the caller's if that is sane, or else a new one. Stays the same for the request. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = saneOrNew(request.getHeader(HEADER));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    private static String saneOrNew(@Nullable String sent) {
        return sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    }
}
