package build.leash.app.web;

import build.leash.app.web.error.InvalidRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a form as browsers send it ({@code application/x-www-form-urlencoded}, URL Standard, section 5). */
final class FormParameters {

    static final int MAX_PARAMETERS = 500;

    private FormParameters() {}

    /** @param query the parameters that come before those of the body */
    static Map<String, String[]> read(byte[] body, Map<String, String[]> query) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        query.forEach((name, values) -> all.put(name, new ArrayList<>(List.of(values))));
        String form = new String(body, StandardCharsets.UTF_8);
        String[] pairs = form.isEmpty() ? new String[0] : form.split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            throw new InvalidRequest("", "A form has at most " + MAX_PARAMETERS + " fields.");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            all.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
        }
        Map<String, String[]> parameters = new LinkedHashMap<>();
        all.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("", "The form is not well-formed.");
        }
    }
}
