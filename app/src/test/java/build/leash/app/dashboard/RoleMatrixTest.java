package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import build.leash.access.api.Members;
import build.leash.access.api.Role;
import build.leash.app.dashboard.Routes.Request;
import build.leash.app.dashboard.Routes.Route;
import build.leash.app.support.RunningLeash;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route and every command, as every kind of caller: exactly the allowed ones succeed. */
class RoleMatrixTest {

    private static final Map<String, Route> ROUTES = Routes.all();
    private static RunningLeash leash;
    private static House house;
    private static House elsewhere;
    private static Wire wire;

    record Answer(int status, String location, String body) {

        static Answer of(HttpResponse<String> answer) {
            return new Answer(answer.statusCode(), answer.headers().firstValue("Location").orElse(""), answer.body());
        }
    }

    /** Open to everybody, or about the person and no organization; what they do is tested elsewhere. */
    private static final Set<String> WITHOUT_ROLE = Set.of("GET /dashboard", "GET /dashboard/", "GET /dashboard/**",
            "POST /dashboard/**", "PUT /dashboard/**", "PATCH /dashboard/**", "DELETE /dashboard/**",
            "GET /dashboard/sign-in", "GET /dashboard/sign-in/with-provider", "GET /dashboard/sign-in/callback",
            "POST /dashboard/sign-in", "POST /dashboard/sign-out",
            "POST /dashboard/sign-out-everywhere", "GET /dashboard/password", "POST /dashboard/password",
            "POST /dashboard/switch", "GET /dashboard/organizations/new", "POST /dashboard/organizations/new",
            "GET /dashboard/invitations/{token}", "POST /dashboard/invitations/{token}");

    /** Leave nothing to test with; they are asked for below. */
    private static final Set<String> SHREDDING = Set.of("POST /api/organization/encryption-key/shred",
            "POST /dashboard/organization/encryption-key/shred");

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
        expected.addAll(SHREDDING);
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

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyOwnersShred(Role role) {
        House doomed = House.named(leash, "Doomed " + role);
        doomed.server();
        Wire.Signed member = wire.in(doomed.person(role).session());
        String card = "/dashboard/organization/encryption-key";
        int wrongName = wire.post(card + "/shred", member, Map.of("confirmation", "doomed " + role)).statusCode();
        assertThat(wrongName).isEqualTo(role == Role.OWNER ? 422 : 403);
        int byPage = wire.post(card + "/shred", member, Map.of("confirmation", "Doomed " + role)).statusCode();
        assertThat(byPage).isEqualTo(role == Role.OWNER ? 204 : 403);
        assertThat(wire
                .json("POST", "/api/organization/encryption-key/shred", member,
                        "{\"confirm\": \"Doomed " + role + "\"}")
                .statusCode()).isEqualTo(role == Role.OWNER ? 200 : 403);
        assertThat(wire.get(card, member.session()).body().contains(">shredded<")).isEqualTo(role == Role.OWNER);
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
        if (role.may(route.needs())) {
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
}
