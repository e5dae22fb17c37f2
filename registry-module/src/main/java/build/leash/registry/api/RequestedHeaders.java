package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import java.util.List;

/** All static headers that a server is to have: at most {@value #MAX_HEADERS}, each name once in whatever case. */
public record RequestedHeaders(List<RequestedHeader> list) {

    public static final int MAX_HEADERS = 20;
    public static final RequestedHeaders NONE = new RequestedHeaders(List.of());

    public RequestedHeaders {
        list = List.copyOf(list);
        if (list.size() > MAX_HEADERS) {
            throw new InvalidValue("A server has at most " + MAX_HEADERS + " static headers.");
        }
        if (list.stream().map(header -> header.name().key()).distinct().count() < list.size()) {
            throw new InvalidValue("Two headers have the same name; upper and lower case make no difference.");
        }
    }
}
