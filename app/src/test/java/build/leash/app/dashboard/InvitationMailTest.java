package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.Role;
import build.leash.access.api.Writes;
import build.leash.app.invitation.Delivery;
import build.leash.app.invitation.Invitations;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletRequest;

/** Invitations by mail, with an SMTP server that speaks the protocol. */
@Timeout(60)
class InvitationMailTest {

    private static final Pattern LINK = Pattern.compile("https://leash\\.example(/dashboard/invitations/[\\w-]{43})");

    private static GreenMail smtp;
    private static RunningLeash leash;
    private static TestOrganization organization;
    private static House house;

    @BeforeAll
    static void start() {
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        leash = withMailAt(smtp.getSmtp().getPort());
        organization = leash.founds();
        house = new House(leash, organization);
    }

    private static RunningLeash withMailAt(int port) {
        return RunningLeash.shared().node("leash.first-run=false", "spring.mail.host=127.0.0.1",
                "spring.mail.port=" + port, "leash.mail.from=leash@leash.example",
                "leash.public-url=https://leash.example/");
    }

    @AfterAll
    static void stop() {
        leash.close();
        smtp.stop();
    }

    @Test
    void bringsTheLinkThatThePageShows() throws MessagingException {
        String email = UUID.randomUUID() + "@acme.example";
        String page = invited(leash, email);
        assertThat(page).contains("The link is on its way", "It was mailed.");
        assertThat(smtp.waitForIncomingEmail(30_000, 1)).isTrue();
        MimeMessage mail = received(email);
        assertThat(mail.getSubject()).startsWith("You are invited to Organization ");
        assertThat(mail.getFrom()[0]).hasToString("leash@leash.example");
        Matcher link = LINK.matcher(GreenMailUtil.getBody(mail).replace("=\r\n", "").replace("=3D", "="));
        assertThat(link.find()).isTrue();
        assertThat(page).contains(link.group());
        assertThat(new Wire(leash.baseUrl()).get(link.group(1), null).body()).contains(email, "Choose a password");
    }

    /** Nobody listens there. */
    @Test
    void isMadeAndShownAlsoIfTheSmtpServerIsDown() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = unused.getLocalPort();
        }
        try (RunningLeash other = withMailAt(port)) {
            String page = invited(other, UUID.randomUUID() + "@acme.example");
            assertThat(page).contains("Pass this link on", "it could not be mailed");
            Matcher link = LINK.matcher(page);
            assertThat(link.find()).isTrue();
            assertThat(new Wire(other.baseUrl()).get(link.group(1), null).statusCode()).isEqualTo(200);
            assertThat(other.client().get("/actuator/health").send().status())
                    .as("no reason to take the node out of service").isEqualTo(200);
        }
    }

    @Test
    void isSentOnceAfterTheCommitOfARequestThatMayBeRepeated() {
        String email = UUID.randomUUID() + "@acme.example";
        for (int i = 0; i < 2; i++) {
            LeashAnswer invited = leash.client().post("/api/organization/invitations", "{\"email\": \"" + email + "\"}")
                    .key(organization.adminKey()).header("Idempotency-Key", email).send();
            assertThat(invited.status()).isEqualTo(201);
            assertThat(invited.member("mail")).isEqualTo("sending");
        }
        Poll.until("the mail comes", () -> count(email) > 0);
        assertThat(count(email)).isEqualTo(1);
    }

    @Test
    void isNotSentForAnInvitationThatWasRolledBack() {
        String lost = UUID.randomUUID() + "@acme.example";
        String made = UUID.randomUUID() + "@acme.example";
        Writes writes = leash.bean(Writes.class);
        assertThatIllegalStateException().isThrownBy(() -> writes.inTransaction(() -> {
            assertThat(invite(lost)).isEqualTo(Delivery.SENDING);
            throw new IllegalStateException("The database is gone");
        }));
        writes.inTransaction(() -> invite(made));

        Poll.until("the mail for the one that was committed comes", () -> count(made) == 1);
        assertThat(count(lost)).isZero();
    }

    private static Delivery invite(String email) {
        return leash.bean(Invitations.class)
                .invite(new MockHttpServletRequest(), house.owner(), new EmailAddress(email), Role.VIEWER).delivery();
    }

    private static long count(String email) {
        return Stream.of(smtp.getReceivedMessages()).filter(message -> isTo(email, message)).count();
    }

    private static boolean isTo(String email, MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString().equals(email);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String invited(RunningLeash at, String email) {
        Wire wire = new Wire(at.baseUrl());
        return wire.post("/dashboard/organization/members/invite", wire.in(house.person(Role.OWNER).session()),
                Map.of("email", email, "role", "viewer")).body();
    }

    private static MimeMessage received(String email) {
        return Stream.of(smtp.getReceivedMessages()).filter(message -> isTo(email, message)).findFirst().orElseThrow();
    }
}
