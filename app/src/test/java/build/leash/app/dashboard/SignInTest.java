package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.People;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Sessions;
import build.leash.access.api.Writes;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing in and out, sessions, invitations, and the pages' protection, over HTTP. */
class SignInTest {

    private static RunningLeash leash;
    private static House house;
    private static Wire wire;

    @BeforeAll
    static void start() {
        leash = RunningLeash.shared();
        house = new House(leash, leash.founds());
        wire = new Wire(leash.baseUrl());
    }

    @Test
    void opensASessionThatScriptsAndOtherSitesCannotUse() {
        HttpResponse<String> answer = signIn(house.person(Role.OWNER).email(), House.PASSWORD, "");
        assertThat(answer.statusCode()).isIn(302, 303);
        String cookie = answer.headers().allValues("Set-Cookie").stream().filter(c -> c.startsWith("leash_session="))
                .findFirst().orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Domain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dashboard/sign-in", "/%64ashboard/sign-in", "/dashboard/sign%2Din"})
    void letsNoOtherSiteSignSomebodyInHoweverThePathIsSpelled(String path) {
        Map<String, String> right = Map.of("email", house.person(Role.OWNER).email(), "password", House.PASSWORD);
        HttpResponse<String> answer = wire.post(path, new Wire.Signed(null, ""), right);
        assertThat(answer.headers().firstValue("Location")).contains("/dashboard/sign-in?expired");
        assertThat(answer.headers().allValues("Set-Cookie").toString()).doesNotContain("leash_session=");
    }

    @Test
    void saysTheSameOfAnUnknownAddressAndAWrongPassword() {
        HttpResponse<String> wrong = signIn(house.person(Role.VIEWER).email(), "a wrong password", "");
        HttpResponse<String> unknown = signIn("nobody@example.com", "a wrong password", "");
        assertThat(List.of(wrong.statusCode(), unknown.statusCode())).containsOnly(422);
        assertThat(wrong.body()).contains("E-mail address or password is wrong.").doesNotContain("a wrong password");
        assertThat(unknown.body()).contains("E-mail address or password is wrong.");
    }

    @Test
    void slowsDownWhoeverGuesses() {
        House.Person victim = house.join(Role.VIEWER);
        List<Integer> statuses = IntStream.range(0, 12)
                .mapToObj(i -> signIn(victim.email(), "guess number " + i, "").statusCode()).toList();
        assertThat(statuses).startsWith(422).endsWith(429);
        assertThat(signIn(victim.email(), House.PASSWORD, "").statusCode()).as("even the right one").isEqualTo(429);
    }

    @Test
    void leadsNowhereElseAfterwards() {
        for (String next : List.of("https://evil.example", "//evil.example", "/dashboard//evil.example", "/api/x")) {
            assertThat(signIn(house.person(Role.OWNER).email(), House.PASSWORD, next).headers().firstValue("Location"))
                    .contains("/dashboard/organization");
        }
        assertThat(signIn(house.person(Role.OWNER).email(), House.PASSWORD, "/dashboard/organization/servers/x")
                .headers().firstValue("Location")).contains("/dashboard/organization/servers/x");
    }

    @Test
    void takesNoSessionThatItDidNotOpen() {
        String chosen = "A".repeat(43);
        assertThat(wire.get("/dashboard/organization", chosen).statusCode()).isEqualTo(303);
        HttpResponse<String> answer = signIn(house.person(Role.OWNER).email(), House.PASSWORD, "");
        assertThat(answer.headers().allValues("Set-Cookie").toString()).doesNotContain(chosen);
        assertThat(wire.get("/dashboard/organization", chosen).statusCode()).isEqualTo(303);
    }

    @Test
    void signsOutHereAndEverywhere() {
        House.Person person = house.join(Role.VIEWER);
        String second = leash.bean(Sessions.class).open(person.id()).reveal();
        String third = leash.bean(Sessions.class).open(person.id()).reveal();
        wire.post("/dashboard/sign-out", wire.in(third), Map.of());
        assertThat(wire.get("/dashboard/organization", third).statusCode()).isEqualTo(303);
        assertThat(wire.get("/dashboard/organization", second).statusCode()).isEqualTo(200);
        wire.post("/dashboard/sign-out-everywhere", wire.in(second), Map.of());
        assertThat(wire.get("/dashboard/organization", person.session()).statusCode()).isEqualTo(303);
    }

    @Test
    void aNewPasswordEndsAllSessions() {
        House.Person person = house.join(Role.VIEWER);
        assertThat(leash.bean(People.class).changePassword(person.id(), "not the current one",
                new PlainPassword("another sentence to remember"))).isEmpty();
        assertThat(wire.get("/dashboard/organization", person.session()).statusCode()).isEqualTo(200);
        assertThat(leash.bean(People.class).changePassword(person.id(), House.PASSWORD,
                new PlainPassword("another sentence to remember"))).isPresent();
        assertThat(wire.get("/dashboard/organization", person.session()).statusCode()).isEqualTo(303);
    }

    @Test
    void aPasswordThatEndsWhileItIsComparedOpensNothingAndIsNotReplaced() throws Exception {
        House.Person person = house.join(Role.VIEWER);
        People people = leash.bean(People.class);
        try (ExecutorService others = Executors.newFixedThreadPool(2)) {
            List<Future<Optional<PlainToken>>> opened = leash.bean(TransactionTemplate.class).execute(status -> {
                people.prove(person.id());
                List<Future<Optional<PlainToken>>> meanwhile = List.of(
                        others.submit(() -> people.signIn(new EmailAddress(person.email()), House.PASSWORD)),
                        others.submit(() -> people.changePassword(person.id(), House.PASSWORD,
                                new PlainPassword("another sentence to remember"))));
                Poll.until("both wait for the person", () -> waiting() >= 2);
                return meanwhile;
            });
            for (Future<Optional<PlainToken>> session : opened) {
                assertThat(session.get()).isEmpty();
            }
        }
        assertThat(people.signIn(new EmailAddress(person.email()), "another sentence to remember")).isEmpty();
    }

    private static long waiting() {
        return leash.bean(JdbcClient.class)
                .sql("select count(*) from pg_locks where not granted and locktype in ('transactionid', 'tuple')")
                .query(Long.class).single();
    }

    @Test
    void keepsABoundedNumberOfSessions() {
        House.Person person = house.join(Role.VIEWER);
        IntStream.range(0, 20).forEach(i -> leash.bean(Sessions.class).open(person.id()));
        assertThat(wire.get("/dashboard/organization", person.session()).statusCode()).isEqualTo(303);
    }

    @Test
    void anInvitationDoesNotOpenTheAccountOfSomebodyWhoIsKnown() {
        House other = new House(leash, leash.founds());
        House.Person known = house.join(Role.VIEWER);
        String link = "/dashboard/invitations/" + leash.bean(Members.class)
                .invite(other.owner(), new EmailAddress(known.email()), Role.BUILDER).token()
                .reveal();
        HttpResponse<String> page = wire.get(link, null);
        assertThat(page.body()).contains("Sign in to join");
        assertThat(
                wire.postSignedOut(link, wire.get("/dashboard/sign-in", null), Map.of("password", "taking it over now"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(wire.post(link, wire.in(known.session()), Map.of()).statusCode()).isIn(302, 303);
        assertThat(wire.get("/dashboard/organization", known.session()).body())
                .contains(other.owner().organization().toString());
        assertThat(wire.get(link, known.session()).statusCode()).as("it works once").isEqualTo(404);
    }

    /** As when two invitations of one address are accepted at once: each found nobody, and one of them is later. */
    @Test
    void aPasswordForSomebodyNewDoesNotStandForOneWhoIsKnown() {
        Members members = leash.bean(Members.class);
        House.Person known = house.join(Role.VIEWER);
        House other = new House(leash, leash.founds());
        Members.Invited invited = members.invite(other.owner(), new EmailAddress(known.email()), Role.OWNER);
        Members.Invited newcomer = other.invite(Role.VIEWER);

        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> members.accept(invited.invitation().id(), new PlainPassword("taking it over now"),
                        "request-of-test"))
                .returns(AccessRejection.FORBIDDEN, Rejected::rejection);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> members.accept(newcomer.invitation().id(), null, "request-of-test"))
                .returns(AccessRejection.FORBIDDEN, Rejected::rejection);
        assertThat(members.invitationsOf(new EmailAddress(known.email()))).as("is still to be accepted").hasSize(1);
    }

    @Test
    void foundsABoundedNumberOfOrganizations() {
        House.Person person = house.join(Role.VIEWER);
        leash.bean(Writes.class).inTransaction(() -> {
            for (int i = 1; i < Organizations.MAX_ORGANIZATIONS_PER_PERSON; i++) {
                Caller founder = new Caller(OrganizationId.random(), Actor.person(person.id()), Role.OWNER, "request");
                leash.bean(Organizations.class).found(founder, DisplayName.of("Number " + i), person.id());
            }
            return person;
        });
        Wire.Signed signed = wire.in(person.session());
        Map<String, String> oneMore = Map.of("name", "One more");
        assertThat(wire.post("/dashboard/organizations/new", signed, oneMore).statusCode()).isIn(302, 303);
        HttpResponse<String> refused = wire.post("/dashboard/organizations/new", signed, oneMore);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("A person owns at most 20 organizations.", "value=\"One more\"");
    }

    @Test
    void aPageChangesNothingInAnOrganizationThatItDoesNotShow() {
        Wire.Signed owner = wire.in(house.person(Role.OWNER).session());
        HttpResponse<String> answer = wire.send(wire.request("/dashboard/organization/plan/change", owner.session())
                .header("X-CSRF-Token", owner.csrf()).header("HX-Request", "true")
                .header("X-Organization", "00000000-0000-4000-8000-000000000000")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(Wire.form(Map.of("plan", "starter"), owner.csrf())));
        assertThat(answer.headers().firstValue("HX-Redirect")).contains("/dashboard/organization");
        assertThat(wire.get("/dashboard/organization/plan", owner.session()).body()).contains(">growth<");
    }

    @Test
    void protectsEveryPage() {
        for (String path : List.of("/dashboard/sign-in", "/dashboard/organization", "/dashboard/nowhere")) {
            HttpResponse<String> answer = wire.get(path, house.person(Role.OWNER).session());
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
            assertThat(answer.body()).doesNotContain("<style", " style=", "onclick=", "javascript:");
        }
        assertThat(wire.get("/dashboard/nowhere", house.person(Role.OWNER).session()).statusCode()).isEqualTo(404);
        assertThat(wire.get("/api/integrations/mcp-config/x", null).headers().map())
                .as("what apps call stays lean").doesNotContainKey("content-security-policy");
    }

    private static HttpResponse<String> signIn(String email, String password, String next) {
        return wire.signIn(email, password, next);
    }
}
