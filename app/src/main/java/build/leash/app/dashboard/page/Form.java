package build.leash.app.dashboard.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The fields of a form that was sent. May hold a secret, so it does not print itself. */
public final class Form {

    private final HttpServletRequest request;

    public Form(HttpServletRequest request) {
        this.request = request;
    }

    /** The field without surrounding white space; empty if it was not sent. */
    public String text(String name) {
        return secret(name).strip();
    }

    /** The field exactly as it was typed; empty if it was not sent. */
    public String secret(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** All values of fields of the same name, in the order of the page. */
    public List<String> all(String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }

    public boolean has(String name) {
        return !text(name).isEmpty();
    }

    @Override
    public String toString() {
        return "Form[…]";
    }
}
