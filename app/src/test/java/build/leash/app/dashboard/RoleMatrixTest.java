package build.leash.app.dashboard;

import static build.leash.access.api.Permission.CHANGE_PLAN;
import static build.leash.access.api.Permission.CHANGE_SERVERS;
import static build.leash.access.api.Permission.CHANGE_SOURCES;
import static build.leash.access.api.Permission.MANAGE_API_KEYS;
import static build.leash.access.api.Permission.MANAGE_ENCRYPTION_KEY;
import static build.leash.access.api.Permission.MANAGE_MEMBERS;
import static build.leash.access.api.Permission.READ;
import static build.leash.access.api.Permission.READ_AUDIT_LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import build.leash.access.api.Members;
import build.leash.access.api.Permission;
import build.leash.access.api.Role;
import build.leash.app.support.RunningLeash;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route and every command, as every kind of caller: exactly the allowed ones succeed. */
class RoleMatrixTest {

    private static final Map<String, Route> ROUTES = new LinkedHashMap<>();
    private static RunningLeash leash;
    private static House house;
    private static House elsewhere;
    private static Wire wire;

    /**
     * What a route does and who may.
     *
     * @param needs null if whoever is signed in may
     * @param names whether it names a thing of one organization, which a member of another one must not find
     */
    record Route(@Nullable Permission needs, boolean names, Function<House, Request> request) {}

    record Answer(int status, String location, String body) {

        static Answer of(HttpResponse<String> answer) {
            return new Answer(answer.statusCode(), answer.headers().firstValue("Location").orElse(""), answer.body());
        }
    }

    /** @param form null for a GET */
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

    static {
        String org = "/dashboard/organization";
        page("GET " + org, READ, Request.get(org));
        page("GET " + org + "/activity", READ, Request.get(org + "/activity"));
        page("GET " + org + "/servers", READ, Request.get(org + "/servers"));
        page("GET " + org + "/export", READ, Request.get(org + "/export"));
        page("GET " + org + "/keys", READ, Request.get(org + "/keys"));
        page("GET " + org + "/members", READ, Request.get(org + "/members"));
        page("GET " + org + "/plan", READ, Request.get(org + "/plan"));
        page("GET /dashboard/live", READ, Request.get("/dashboard/live"));
        page("GET " + org + "/register", CHANGE_SERVERS, Request.get(org + "/register"));
        page("GET " + org + "/header-row", CHANGE_SERVERS, Request.get(org + "/header-row"));
        page("GET " + org + "/import", CHANGE_SERVERS, Request.get(org + "/import"));
        page("GET " + org + "/keys/new", MANAGE_API_KEYS, Request.get(org + "/keys/new"));
        page("GET " + org + "/members/invite", MANAGE_MEMBERS, Request.get(org + "/members/invite"));
        page("GET " + org + "/plan/change", CHANGE_PLAN, Request.get(org + "/plan/change"));
        command("POST " + org + "/validation", CHANGE_SERVERS,
                h -> Request.form(org + "/validation", Map.of("field", "slug", "slug", "a")));
        command("POST " + org + "/register", CHANGE_SERVERS, h -> Request.form(org + "/register", Map.of("slug",
                h.freeSlug(), "url", "https://mcp.example.com", "transport", "sse", "auth", "none")));
        command("POST " + org + "/import/preview", CHANGE_SERVERS,
                h -> Request.form(org + "/import/preview", Map.of("pasted", pasted(h.freeSlug()))));
        command("POST " + org + "/import", CHANGE_SERVERS, h -> {
            String slug = h.freeSlug();
            return Request.form(org + "/import", Map.of("pasted", pasted(slug), "slug", slug));
        });
        command("POST " + org + "/keys", MANAGE_API_KEYS,
                h -> Request.form(org + "/keys", Map.of("name", "k", "kind", "app")));
        command("POST " + org + "/members/invite", MANAGE_MEMBERS, h -> Request.form(org + "/members/invite",
                Map.of("email", h.freeSlug() + "@example.com", "role", "viewer")));
        command("POST " + org + "/plan/change", CHANGE_PLAN,
                h -> Request.form(org + "/plan/change", Map.of("plan", "growth")));
        for (String view : new String[]{"", "/current", "/connect"}) {
            thing("GET " + org + "/servers/{slug}" + view, READ,
                    h -> Request.get(org + "/servers/" + h.server() + view));
        }
        for (String dialog : new String[]{"/edit", "/rotate", "/revoke"}) {
            thing("GET " + org + "/servers/{slug}" + dialog, CHANGE_SERVERS,
                    h -> Request.get(org + "/servers/" + h.server() + dialog));
        }
        thing("POST " + org + "/servers/{slug}/edit", CHANGE_SERVERS, h -> {
            String slug = h.server();
            return Request.form(org + "/servers/" + slug + "/edit",
                    Map.of("displayName", "New", "url", "https://new.example.com", "transport", "sse"));
        });
        thing("POST " + org + "/servers/{slug}/rotate", CHANGE_SERVERS,
                h -> Request.form(org + "/servers/" + h.server() + "/rotate", Map.of("token", "new")));
        thing("POST " + org + "/servers/{slug}/revoke", CHANGE_SERVERS, h -> {
            String slug = h.server();
            return Request.form(org + "/servers/" + slug + "/revoke", Map.of("confirmation", slug));
        });
        thing("GET " + org + "/keys/{id}/revoke", MANAGE_API_KEYS,
                h -> Request.get(org + "/keys/" + h.key() + "/revoke"));
        thing("POST " + org + "/keys/{id}/revoke", MANAGE_API_KEYS,
                h -> Request.form(org + "/keys/" + h.key() + "/revoke", Map.of()));
        thing("GET " + org + "/members/{person}/remove", MANAGE_MEMBERS,
                h -> Request.get(org + "/members/" + h.join(Role.VIEWER).id() + "/remove"));
        thing("POST " + org + "/members/{person}/remove", MANAGE_MEMBERS,
                h -> Request.form(org + "/members/" + h.join(Role.VIEWER).id() + "/remove", Map.of()));
        thing("POST " + org + "/members/{person}/role", MANAGE_MEMBERS, h -> Request.form(
                org + "/members/" + h.join(Role.VIEWER).id() + "/role", Map.of("role", "builder")));
        thing("POST " + org + "/members/invitations/{id}/withdraw", MANAGE_MEMBERS, h -> Request.form(
                org + "/members/invitations/" + h.invite(Role.VIEWER).invitation().id() + "/withdraw", Map.of()));
        String secrets = org + "/secrets";
        page("GET " + secrets, READ, Request.get(secrets));
        page("GET " + secrets + "/current", READ, Request.get(secrets + "/current"));
        page("GET " + secrets + "/new", CHANGE_SOURCES, Request.get(secrets + "/new"));
        page("GET " + secrets + "/notifications", CHANGE_SOURCES, Request.get(secrets + "/notifications"));
        command("POST " + secrets + "/notifications", CHANGE_SOURCES,
                h -> Request.form(secrets + "/notifications", Map.of("url", "")));
        command("POST " + secrets, CHANGE_SOURCES,
                h -> Request.form(secrets, Map.of("name", h.freeSlug(), "kind", "native")));
        for (String dialog : new String[]{"/edit", "/remove", "/value"}) {
            thing("GET " + secrets + "/{id}" + dialog, CHANGE_SOURCES,
                    h -> Request.get(secrets + "/" + h.standingSource() + dialog));
        }
        thing("POST " + secrets + "/{id}/edit", CHANGE_SOURCES, h -> Request.form(
                secrets + "/" + h.standingSource() + "/edit", Map.of("name", "Standing", "apps", "default")));
        thing("POST " + secrets + "/{id}/remove", CHANGE_SOURCES,
                h -> Request.form(secrets + "/" + h.source() + "/remove", Map.of()));
        thing("POST " + secrets + "/{id}/sync", CHANGE_SOURCES,
                h -> Request.form(secrets + "/" + h.externalSource() + "/sync", Map.of()));
        thing("POST " + secrets + "/{id}/value", CHANGE_SOURCES, h -> Request.form(
                secrets + "/" + h.standingSource() + "/value", Map.of("key", "OTHER", "value", "x")));
        thing("GET " + secrets + "/{id}/values/{key}/versions", READ,
                h -> Request.get(secrets + "/" + h.standingSource() + "/values/KEY/versions"));
        thing("POST " + secrets + "/{id}/values/{key}/roll-back", CHANGE_SOURCES, h -> Request.form(
                secrets + "/" + h.standingSource() + "/values/KEY/roll-back", Map.of("version", "1")));
        thing("POST " + secrets + "/{id}/values/{key}/remove", CHANGE_SOURCES,
                h -> Request.form(secrets + "/" + h.source() + "/values/KEY/remove", Map.of()));
        String apps = "/dashboard/apps";
        page("GET " + apps + "/new", CHANGE_SOURCES, Request.get(apps + "/new"));
        command("POST " + apps, CHANGE_SOURCES, h -> Request.form(apps, Map.of("name", h.freeSlug())));
        thing("GET " + apps + "/{app}/secrets", READ, h -> Request.get(apps + "/" + h.app() + "/secrets"));
        thing("GET " + apps + "/{app}/secrets/current", READ,
                h -> Request.get(apps + "/" + h.app() + "/secrets/current"));
        thing("POST " + apps + "/{app}/secrets/allow", CHANGE_SOURCES, h -> Request.form(
                apps + "/" + h.app() + "/secrets/allow", Map.of("source", h.standingSource(), "allowed", "true")));
        String api = "/api/organization";
        page("GET " + api + "/mcp-servers", READ, Request.get(api + "/mcp-servers"));
        page("GET " + api + "/api-keys", READ, Request.get(api + "/api-keys"));
        page("GET " + api + "/plan", READ, Request.get(api + "/plan"));
        thing("GET " + api + "/mcp-servers/{slug}", READ, h -> Request.get(api + "/mcp-servers/" + h.server()));
        command("POST " + api + "/mcp-servers", CHANGE_SERVERS, h -> Request.json(api + "/mcp-servers",
                "{\"slug\": \"" + h.freeSlug()
                        + "\", \"url\": \"https://a.example\", \"auth\": {\"type\": \"none\"}}"));
        thing("PATCH " + api + "/mcp-servers/{slug}", CHANGE_SERVERS,
                h -> Request.json(api + "/mcp-servers/" + h.server(), "{\"displayName\": \"New\"}"));
        thing("POST " + api + "/mcp-servers/{slug}/rotate", CHANGE_SERVERS,
                h -> Request.json(api + "/mcp-servers/" + h.server() + "/rotate", "{\"token\": \"new\"}"));
        thing("DELETE " + api + "/mcp-servers/{slug}", CHANGE_SERVERS,
                h -> Request.json(api + "/mcp-servers/" + h.server(), ""));
        command("POST " + api + "/api-keys", MANAGE_API_KEYS,
                h -> Request.json(api + "/api-keys", "{\"name\": \"k\"}"));
        thing("DELETE " + api + "/api-keys/{id}", MANAGE_API_KEYS,
                h -> Request.json(api + "/api-keys/" + h.key(), ""));
        page("GET " + api + "/encryption-key", READ, Request.get(api + "/encryption-key"));
        command("PUT " + api + "/encryption-key", MANAGE_ENCRYPTION_KEY,
                h -> Request.json(api + "/encryption-key", "{\"provider\": \"local\"}"));
        command("POST " + api + "/encryption-key/rotate", MANAGE_ENCRYPTION_KEY,
                h -> Request.json(api + "/encryption-key/rotate", "{\"what\": \"key\"}"));
        page("GET " + api + "/apps", READ, Request.get(api + "/apps"));
        command("POST " + api + "/apps", CHANGE_SOURCES,
                h -> Request.json(api + "/apps", "{\"name\": \"" + h.freeSlug() + "\"}"));
        thing("GET " + api + "/apps/{app}", READ, h -> Request.get(api + "/apps/" + h.app()));
        thing("DELETE " + api + "/apps/{app}", CHANGE_SOURCES, h -> Request.json(api + "/apps/" + h.app(), ""));
        String sources = api + "/secret-sources";
        page("GET " + sources, READ, Request.get(sources));
        command("POST " + sources, CHANGE_SOURCES, h -> Request.json(sources,
                "{\"name\": \"" + h.freeSlug() + "\", \"kind\": \"native\"}"));
        thing("GET " + sources + "/{id}", READ, h -> Request.get(sources + "/" + h.standingSource()));
        thing("PATCH " + sources + "/{id}", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.standingSource(), "{\"apps\": []}"));
        thing("DELETE " + sources + "/{id}", CHANGE_SOURCES, h -> Request.json(sources + "/" + h.source(), ""));
        thing("GET " + sources + "/{id}/values", READ,
                h -> Request.get(sources + "/" + h.standingSource() + "/values"));
        thing("PUT " + sources + "/{id}/values/{key}", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.standingSource() + "/values/KEY", "{\"value\": \"x\"}"));
        thing("DELETE " + sources + "/{id}/values/{key}", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.source() + "/values/KEY", ""));
        thing("GET " + sources + "/{id}/values/{key}/versions", READ,
                h -> Request.get(sources + "/" + h.standingSource() + "/values/KEY/versions"));
        thing("POST " + sources + "/{id}/values/{key}/roll-back", CHANGE_SOURCES, h -> Request.json(
                sources + "/" + h.standingSource() + "/values/KEY/roll-back", "{\"version\": 1}"));
        thing("POST " + sources + "/{id}/sync", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.externalSource() + "/sync", ""));
        String notifications = api + "/notifications";
        thing("GET " + notifications, READ, h -> {
            h.notified();
            return Request.get(notifications);
        });
        thing("DELETE " + notifications, CHANGE_SOURCES, h -> {
            h.notified();
            return Request.json(notifications, "");
        });
        command("PUT " + notifications, CHANGE_SOURCES, h -> Request.json(notifications,
                "{\"url\": \"https://127.0.0.1\", \"secret\": \"a-signing-secret-of-the-test\"}"));
        command("PUT " + api + "/plan", CHANGE_PLAN, h -> Request.json(api + "/plan", "{\"plan\": \"growth\"}"));
        auditRoutes(api + "/audit");
    }

    private static void auditRoutes(String audit) {
        for (String path : new String[]{"/events", "/export", "/checkpoint", "/replay"}) {
            page("GET " + audit + path, READ_AUDIT_LOG, Request.get(audit + path));
        }
        command("POST " + audit + "/replay", READ_AUDIT_LOG, h -> Request.json(audit + "/replay", "{}"));
        String moment = "2026-01-31T12:00:00Z";
        page("GET " + audit + "/state", READ_AUDIT_LOG, Request.get(audit + "/state?at=" + moment));
        page("GET " + audit + "/changes", READ_AUDIT_LOG,
                Request.get(audit + "/changes?from=" + moment + "&to=2200-01-01T00:00:00Z"));
        command("GET " + audit + "/consistency", READ_AUDIT_LOG, h -> {
            long size = h.checkpointSize();
            return Request.get(audit + "/consistency?from=" + size + "&to=" + size);
        });
        thing("GET " + audit + "/events/{id}", READ_AUDIT_LOG, h -> Request.get(audit + "/events/" + h.event()));
    }

    /** Open to everybody, or about the person and no organization; what they do is tested elsewhere. */
    private static final Set<String> WITHOUT_ROLE = Set.of("GET /dashboard", "GET /dashboard/", "GET /dashboard/**",
            "POST /dashboard/**", "PUT /dashboard/**", "PATCH /dashboard/**", "DELETE /dashboard/**",
            "GET /dashboard/sign-in", "POST /dashboard/sign-in", "POST /dashboard/sign-out",
            "POST /dashboard/sign-out-everywhere", "GET /dashboard/password", "POST /dashboard/password",
            "POST /dashboard/switch", "GET /dashboard/organizations/new", "POST /dashboard/organizations/new",
            "GET /dashboard/invitations/{token}", "POST /dashboard/invitations/{token}");

    /** Would leave nothing to test; ShreddedTest asks for it as every role. */
    private static final String SHREDDING = "POST /api/organization/encryption-key/shred";

    @BeforeAll
    static void start() {
        leash = RunningLeash.shared();
        house = new House(leash, leash.founds());
        elsewhere = new House(leash, leash.founds());
        wire = new Wire(leash.baseUrl());
    }

    @Test
    void everyRouteHasAnExpectation() {
        Set<String> expected = new TreeSet<>(ROUTES.keySet());
        expected.addAll(WITHOUT_ROLE);
        expected.add(SHREDDING);
        assertThat(registered()).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> exactlyTheAllowedOnesSucceed() {
        Map<Role, Wire.Signed> members = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            members.put(role, wire.in(house.person(role).session()));
        }
        Wire.Signed outsider = wire.in(elsewhere.person(Role.OWNER).session());
        return ROUTES.entrySet().stream().flatMap(entry -> {
            String name = entry.getKey();
            Route route = entry.getValue();
            Stream<DynamicTest> roles = members.entrySet().stream().map(member -> dynamicTest(
                    name + " as " + member.getKey(), () -> asMember(name, route, member.getKey(), member.getValue())));
            return Stream.concat(roles, Stream.of(
                    dynamicTest(name + " signed out", () -> signedOut(name, route)),
                    dynamicTest(name + " as a member of another organization", () -> asOutsider(name, route, outsider)),
                    dynamicTest(name + " without a CSRF token", () -> withoutCsrfToken(name, route))));
        });
    }

    /** A role that changes counts for the very next request of a session that is open. */
    @Test
    void aRoleThatChangedCountsAtOnce() {
        House.Person person = house.join(Role.BUILDER);
        assertThat(wire.get("/dashboard/organization/register", person.session()).statusCode()).isEqualTo(200);
        leash.bean(Members.class).changeRole(house.owner(), person.id(),
                Role.VIEWER);
        assertThat(wire.get("/dashboard/organization/register", person.session()).statusCode()).isEqualTo(403);
        leash.bean(Members.class).remove(house.owner(), person.id());
        assertThat(wire.get("/dashboard/organization/servers", person.session()).statusCode()).isEqualTo(401);
    }

    private static void asMember(String name, Route route, Role role, Wire.Signed signed) {
        Answer answer = send(name, route.request().apply(house), signed);
        boolean allowed = route.needs() == null || role.may(route.needs());
        if (allowed) {
            assertThat(answer.status()).as(answer.body()).isBetween(200, 204);
        } else {
            assertThat(answer.status()).isEqualTo(403);
        }
    }

    private static void signedOut(String name, Route route) {
        Answer answer = send(name, route.request().apply(house), new Wire.Signed(null, ""));
        if (name.contains(" /api/")) {
            assertThat(answer.status()).isEqualTo(401);
        } else if (name.equals("GET /dashboard/live")) {
            assertThat(answer.status()).isIn(303, 401);
        } else {
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location()).startsWith("/dashboard/sign-in");
        }
    }

    /** Finds nothing of this organization; what names nothing is about the other one, where it is allowed. */
    private static void asOutsider(String name, Route route, Wire.Signed outsider) {
        Answer answer = send(name, route.request().apply(house), outsider);
        if (route.names()) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        } else {
            assertThat(answer.status()).isBetween(200, 204);
            assertThat(answer.body()).doesNotContain(house.owner().organization().toString());
        }
    }

    private static void withoutCsrfToken(String name, Route route) {
        if (!name.startsWith("GET")) {
            Wire.Signed forged = new Wire.Signed(house.person(Role.OWNER).session(), "forged");
            assertThat(send(name, route.request().apply(house), forged).status()).isEqualTo(403);
        }
    }

    private static Answer send(String name, Request request, Wire.Signed signed) {
        String method = name.substring(0, name.indexOf(' '));
        if (request.form() != null) {
            return Answer.of(wire.post(request.path(), signed, request.form()));
        }
        if (request.json() != null) {
            return Answer.of(wire.json(method, request.path(), signed, request.json()));
        }
        return request.path().equals("/dashboard/live")
                ? new Answer(wire.statusOf(request.path(), signed.session()), "", "")
                : Answer.of(wire.get(request.path(), signed.session()));
    }

    private static Set<String> registered() {
        Set<String> routes = new TreeSet<>();
        Map<RequestMappingInfo, ?> handlers = ((RequestMappingHandlerMapping) leash
                .bean("requestMappingHandlerMapping")).getHandlerMethods();
        for (RequestMappingInfo info : handlers.keySet()) {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String pattern : info.getPatternValues()) {
                if (!pattern.startsWith("/dashboard") && !pattern.startsWith("/api/organization")) {
                    continue;
                }
                if (methods.isEmpty()) {
                    routes.add("ANY " + pattern);
                }
                methods.forEach(method -> routes.add(method + " " + pattern));
            }
        }
        return routes;
    }

    private static String pasted(String slug) {
        return "{\"mcpServers\": {\"" + slug + "\": {\"url\": \"https://mcp.example.com/mcp\"}}}";
    }

    private static void page(String name, Permission needs, Request request) {
        ROUTES.put(name, new Route(needs, false, h -> request));
    }

    private static void command(String name, Permission needs, Function<House, Request> request) {
        ROUTES.put(name, new Route(needs, false, request));
    }

    private static void thing(String name, Permission needs, Function<House, Request> request) {
        ROUTES.put(name, new Route(needs, true, request));
    }
}
