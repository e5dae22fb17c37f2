package build.leash.app.web;

import build.leash.access.api.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who was let in with this request. */
public final class CurrentCaller {

    private static final String ATTRIBUTE = CurrentCaller.class.getName();

    private CurrentCaller() {}

    /** The caller; nobody on paths that let everybody in. */
    public static Optional<Caller> of(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    /** Lets the caller in. For the filters that recognize one. */
    public static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
