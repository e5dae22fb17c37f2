package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.People;
import build.leash.access.api.Role;
import build.leash.app.dashboard.OidcProvider.Answer;
import build.leash.app.support.RunningLeash;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signing in with an identity provider that speaks the real protocol. */
@Timeout(120)
class SingleSignOnTest {

    private static final String HOME = "/dashboard/organization";
    private static final Pattern COOKIE = Pattern.compile("leash_sign_on=[^;]*");

    private static OidcProvider provider;
    private static RunningLeash shared;
    private static RunningLeash leash;
    private static Wire wire;
    private static House house;
    private static String beginningWhileDown;

    /** A browser's way so far. */
    private record Way(String cookie, String target) {}

    @BeforeAll
    static void startWhileTheProviderIsDown() {
        provider = new OidcProvider();
        shared = RunningLeash.shared();
        leash = shared.node("leash.first-run=false", "leash.dashboard.oidc.issuer=" + provider.issuer(),
                "leash.dashboard.oidc.client-id=" + OidcProvider.CLIENT_ID,
                "leash.dashboard.oidc.client-secret=" + OidcProvider.CLIENT_SECRET,
                "leash.dashboard.oidc.name=Acme ID");
        wire = new Wire(leash.baseUrl());
        house = new House(leash, leash.founds());
        beginningWhileDown = begin("").target();
        provider.start();
    }

    @AfterAll
    static void stop() {
        leash.close();
        provider.close();
    }

    @Test
    void startsAndLetsPeopleInByPasswordWhileTheProviderIsDown() {
        assertThat(beginningWhileDown).isEqualTo("/dashboard/sign-in?problem=unavailable");
        assertThat(wire.get(beginningWhileDown, null).body()).contains("cannot be reached just now",
                "Continue with Acme ID", "name=\"password\"");
    }

    @Test
    void thereIsNothingOfItUnlessItIsConfigured() {
        Wire plain = new Wire(shared.baseUrl());
        assertThat(plain.get("/dashboard/sign-in", null).body()).doesNotContain("with-provider");
        assertThat(plain.get("/dashboard/sign-in/with-provider", null).statusCode()).isEqualTo(404);
        assertThat(plain.get("/dashboard/sign-in/callback?code=x&state=y", null).statusCode()).isEqualTo(404);
    }

    @Test
    void asksWithStateNonceAndProofKeyForNothingButTheAddress() {
        String target = begin("").target();
        assertThat(target).startsWith(provider.issuer() + "/authorize?").contains("response_type=code",
                "scope=openid%20email", "state=", "nonce=", "code_challenge_method=S256",
                "redirect_uri=" + leash.baseUrl() + "/dashboard/sign-in/callback");
        assertThat(begin("").target()).as("each time others").isNotEqualTo(target);
    }

    @Test
    void opensASessionOfItsOwnForAMemberAndGoesWhereItBegan() {
        House.Person member = house.join(Role.VIEWER);
        provider.answers(Answer.of(member.email().toUpperCase(Locale.ROOT)));
        HttpResponse<String> arrived = signOn("/dashboard/organization/servers/x", member.session());
        assertThat(location(arrived)).isEqualTo("/dashboard/organization/servers/x");
        String session = session(arrived);
        assertThat(session).isNotEqualTo(member.session());
        assertThat(wire.get(HOME, session).body()).contains(member.email());
        assertThat(wire.get(HOME, member.session()).statusCode()).as("what the browser held before").isEqualTo(303);
        assertThat(cookies(arrived)).as("nothing to come back with").contains("leash_sign_on=;");
        wire.post("/dashboard/sign-out", wire.in(session), Map.of());
        assertThat(wire.get(HOME, session).statusCode()).isEqualTo(303);
    }

    @Test
    void finishesOnAnotherNodeWhatOneBegan() {
        provider.answers(Answer.of(house.join(Role.VIEWER).email()));
        Way way = begin("");
        String back = atProvider(way);
        try (RunningLeash other = shared.node("leash.first-run=false",
                "leash.public-url=" + leash.baseUrl(), "leash.dashboard.oidc.issuer=" + provider.issuer(),
                "leash.dashboard.oidc.client-id=" + OidcProvider.CLIENT_ID,
                "leash.dashboard.oidc.client-secret=" + OidcProvider.CLIENT_SECRET)) {
            URI elsewhere = URI.create(back.replace(leash.baseUrl().toString(), other.baseUrl().toString()));
            assertThat(location(finish(new Wire(other.baseUrl()), way.cookie(), elsewhere, null))).isEqualTo(HOME);
        }
    }

    @Test
    void asksTheUserInfoIfTheIdTokenDoesNotTellWhetherTheAddressIsVerified() {
        provider.answers(Answer.of(house.join(Role.VIEWER).email()).verifiedByUserInfoOnly());
        assertThat(location(signOn("", null))).isEqualTo(HOME);
    }

    @Test
    void letsAnInvitedNewcomerInWhoThenIsAMember() {
        String email = "new-" + UUID.randomUUID() + "@acme.example";
        leash.bean(Members.class).invite(house.owner(), new EmailAddress(email), Role.BUILDER);
        provider.answers(Answer.of(email));
        HttpResponse<String> arrived = signOn("", null);
        assertThat(location(arrived)).isEqualTo(HOME);
        assertThat(wire.get(HOME, session(arrived)).body()).contains("Register server",
                house.owner().organization().toString());
        assertThat(leash.bean(Members.class).invitationsOf(new EmailAddress(email))).isEmpty();
    }

    /** Whoever invites sees the link, and can choose a password with it in the name of somebody else. */
    @Test
    void endsWhatSomebodyElseMadeOfTheAddressBefore() {
        House.Person claimed = house.join(Role.VIEWER);
        assertThat(wire.get(HOME, claimed.session()).statusCode()).isEqualTo(200);
        provider.answers(Answer.of(claimed.email()));

        String first = session(signOn("", null));
        assertThat(wire.get(HOME, claimed.session()).statusCode()).as("the session of before").isEqualTo(303);
        assertThat(leash.bean(People.class).signIn(new EmailAddress(claimed.email()), House.PASSWORD))
                .as("the password of before").isEmpty();
        signOn("", null);
        assertThat(wire.get(HOME, first).statusCode()).as("the session of whom it belongs to").isEqualTo(200);
    }

    @Test
    void joinsAllOrganizationsThatInvitedANewcomer() {
        String email = "new-" + UUID.randomUUID() + "@acme.example";
        House other = new House(leash, leash.founds());
        for (House inviting : List.of(house, other)) {
            leash.bean(Members.class).invite(inviting.owner(), new EmailAddress(email), Role.BUILDER);
        }
        provider.answers(Answer.of(email));
        assertThat(wire.get(HOME, session(signOn("", null))).body()).contains(
                house.owner().organization().toString(), other.owner().organization().toString());
    }

    @Test
    void turnsDownAnAddressThatIsNotVerified() {
        provider.answers(Answer.of(house.person(Role.OWNER).email()).unverified());
        isTurnedDown(signOn("", null), "unverified");
    }

    @Test
    void turnsDownSomebodyUnknown() {
        provider.answers(Answer.of("stranger-" + UUID.randomUUID() + "@example.com"));
        isTurnedDown(signOn("", null), "unknown");
    }

    @Test
    void turnsDownSomebodyWhoIsAMemberOfNothingAnyMore() {
        House.Person former = house.join(Role.VIEWER);
        leash.bean(Members.class).remove(house.owner(), former.id());
        provider.answers(Answer.of(former.email()));
        isTurnedDown(signOn("", null), "unknown");
    }

    @Test
    void turnsDownAStateThatIsNotItsOwn() {
        provider.answers(Answer.of(house.person(Role.OWNER).email()));
        Way way = begin("");
        String back = atProvider(way);
        String tampered = back.replaceAll("state=[^&]+", "state=" + "A".repeat(43));
        isTurnedDown(finish(wire, way.cookie(), URI.create(tampered), null), "failed");
        Way another = begin("");
        isTurnedDown(finish(wire, another.cookie(), URI.create(atProvider(begin(""))), null), "failed");
    }

    @Test
    void turnsDownABrowserThatDidNotBeginIt() {
        provider.answers(Answer.of(house.person(Role.OWNER).email()));
        URI back = URI.create(atProvider(begin("")));
        isTurnedDown(finish(wire, null, back, null), "expired");
        isTurnedDown(finish(wire, "leash_sign_on=made-up", back, null), "expired");
    }

    @Test
    void turnsDownACodeThatIsUsedAgain() {
        provider.answers(Answer.of(house.person(Role.OWNER).email()));
        Way way = begin("");
        URI back = URI.create(atProvider(way));
        assertThat(location(finish(wire, way.cookie(), back, null))).isEqualTo(HOME);
        isTurnedDown(finish(wire, way.cookie(), back, null), "failed");
    }

    @Test
    void turnsDownAnIdTokenOfAnotherRoundTripSignerOrAudience() {
        Answer owner = Answer.of(house.person(Role.OWNER).email());
        for (Answer answer : List.of(owner.withNonce("another"), owner.signedBySomebodyElse(),
                owner.forAudience("somebody-else"))) {
            provider.answers(answer);
            isTurnedDown(signOn("", null), "failed");
        }
    }

    @Test
    void saysSoIfItWasCancelledOrTheProviderBrokeDownMeanwhile() {
        Way way = begin("");
        isTurnedDown(finish(wire, way.cookie(),
                leash.baseUrl().resolve("/dashboard/sign-in/callback?error=access_denied&state=x"), null), "cancelled");
        provider.answers(Answer.of(house.person(Role.OWNER).email()));
        Way second = begin("");
        URI back = URI.create(atProvider(second));
        provider.stop();
        isTurnedDown(finish(wire, second.cookie(), back, null), "unavailable");
        provider.start();
    }

    @Test
    void leadsNowhereElseAfterwards() {
        provider.answers(Answer.of(house.person(Role.OWNER).email()));
        assertThat(location(signOn("https://evil.example", null))).isEqualTo(HOME);
    }

    @Test
    void isOneClickInABrowser() {
        provider.answers(Answer.of(house.person(Role.OWNER).email()));
        try (Visit visit = new Visit(leash.baseUrl())) {
            visit.open("/dashboard/organization/servers/nowhere");
            visit.look("sign-in-with-provider");
            visit.page().getByText("Continue with Acme ID").click();
            visit.isAt("/dashboard/organization/servers/nowhere");
            visit.open(HOME).sees("No server is registered yet");
        }
    }

    private static HttpResponse<String> signOn(String next, @Nullable String earlierSession) {
        Way way = begin(next);
        return finish(wire, way.cookie(), URI.create(atProvider(way)), earlierSession);
    }

    private static Way begin(String next) {
        HttpResponse<String> answer = wire.get("/dashboard/sign-in/with-provider?next=" + next, null);
        assertThat(answer.statusCode()).isEqualTo(303);
        Matcher cookie = COOKIE.matcher(cookies(answer));
        return new Way(cookie.find() ? cookie.group() : "", location(answer));
    }

    /** Goes to the provider, which knows the person already, and answers where it sends the browser. */
    private static String atProvider(Way way) {
        return location(wire.send(wire.request(way.target(), null)));
    }

    private static HttpResponse<String> finish(Wire at, @Nullable String cookie, URI back,
            @Nullable String earlierSession) {
        String cookies = (cookie == null ? "" : cookie)
                + (earlierSession == null ? "" : "; leash_session=" + earlierSession);
        return at.send(at.request(back.toString(), null).header("Cookie", cookies));
    }

    private static void isTurnedDown(HttpResponse<String> answer, String problem) {
        assertThat(location(answer)).isEqualTo("/dashboard/sign-in?problem=" + problem);
        assertThat(cookies(answer)).doesNotContain("leash_session");
        assertThat(wire.get(location(answer), null).body()).contains("role=\"alert\"");
    }

    private static String session(HttpResponse<String> answer) {
        return Pattern.compile("leash_session=([^;]+)").matcher(cookies(answer)).results().findFirst().orElseThrow()
                .group(1);
    }

    private static String cookies(HttpResponse<String> answer) {
        return String.join("\n", answer.headers().allValues("Set-Cookie"));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
