package build.leash.app.dashboard;

import build.leash.access.api.Permission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Routes with what they do, who may, and a request that succeeds for those. */
final class Routes {

    private final Map<String, Route> routes = new LinkedHashMap<>();

    /**
     * What a route does and who may.
     *
     * @param needs the permission
     * @param names whether it names a thing of one organization, which a member of another one must not find
     */
    record Route(Permission needs, boolean names, Function<House, Request> request) {}

    /** @param form null for a GET, or for a request with JSON */
    record Request(String path, @Nullable Map<String, String> form, @Nullable String json) {

        static Request get(String path) {
            return new Request(path, null, null);
        }

        static Request form(String path, Map<String, String> form) {
            return new Request(path, form, null);
        }

        static Request json(String path, String json) {
            return new Request(path, null, json);
        }
    }

    /** All of the dashboard and of the API that ask for a role. */
    static Map<String, Route> all() {
        Routes all = new Routes();
        DashboardRoutes.addTo(all);
        ApiRoutes.addTo(all);
        return all.routes;
    }

    void page(String path, Permission needs) {
        routes.put("GET " + path, new Route(needs, false, house -> Request.get(path)));
    }

    void command(String name, Permission needs, Function<House, Request> request) {
        routes.put(name, new Route(needs, false, request));
    }

    void thing(String name, Permission needs, Function<House, Request> request) {
        routes.put(name, new Route(needs, true, request));
    }
}
