package build.leash.app.web.organization;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MembersTest {

    private static final String MEMBERS = "/api/organization/members";
    private static final String INVITATIONS = "/api/organization/invitations";

    private final RunningLeash leash = RunningLeash.shared();
    private final LeashClient client = leash.client();
    private final TestOrganization acme = leash.founds();

    @Test
    void showsTheMembersInTheirShape() {
        JsonNode page = client.get(MEMBERS).key(acme.managementKey(Role.VIEWER)).send().json();

        assertThat(page.get("items")).hasSize(1);
        assertThat(LeashAnswer.names(page.get("items").get(0))).containsExactly("person", "email", "role", "since");
        assertThat(page.get("items").get(0).get("email").stringValue()).isEqualTo(acme.ownerEmail());
    }

    @Test
    void invitesWithALinkThatIsShownOnce() {
        String email = UUID.randomUUID() + "@acme.example";
        LeashAnswer invited = invite("{\"email\": \"" + email + "\", \"role\": \"auditor\"}");

        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.member("link")).startsWith(leash.baseUrl() + "/dashboard/invitations/");
        assertThat(invited.member("mail")).isEqualTo("not-configured");
        assertThat(invited.header("Location")).isEqualTo(INVITATIONS + "/" + invited.member("id"));
        LeashAnswer list = client.get(INVITATIONS).key(acme.adminKey()).send();
        assertThat(list.json().get("items").get(0).get("email").stringValue()).isEqualTo(email);
        assertThat(list.text()).doesNotContain("link");

        assertThat(client.delete(INVITATIONS + "/" + invited.member("id")).key(acme.adminKey()).send().status())
                .isEqualTo(204);
        assertThat(client.delete(INVITATIONS + "/" + invited.member("id")).key(acme.adminKey()).send().outcome())
                .isEqualTo("404 unknown_invitation");
        assertThat(client.get(INVITATIONS).key(acme.adminKey()).send().json().get("items")).isEmpty();
    }

    @Test
    void anInvitationThatIsSentTwiceIsMadeOnce() {
        String body = "{\"email\": \"" + UUID.randomUUID() + "@acme.example\"}";
        LeashAnswer first = client.post(INVITATIONS, body).key(acme.adminKey()).header("Idempotency-Key", "one").send();
        LeashAnswer second = client.post(INVITATIONS, body).key(acme.adminKey()).header("Idempotency-Key", "one")
                .send();

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.member("role")).as("unless told otherwise").isEqualTo("builder");
    }

    @Test
    void keepsOneOwner() {
        String owner = client.get(MEMBERS).key(acme.adminKey()).send().json().at("/items/0/person").stringValue();

        assertThat(client.patch(MEMBERS + "/" + owner, "{\"role\": \"viewer\"}").key(acme.adminKey()).send().outcome())
                .isEqualTo("409 last_owner");
        assertThat(client.delete(MEMBERS + "/" + owner).key(acme.adminKey()).send().outcome())
                .isEqualTo("409 last_owner");
        assertThat(client.patch(MEMBERS + "/" + owner, "{\"role\": \"owner\"}").key(acme.adminKey()).send()
                .member("role")).isEqualTo("owner");
        assertThat(invite("{\"email\": \"" + acme.ownerEmail() + "\"}").outcome()).isEqualTo("409 already_member");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|email", "{'email': 'nobody'}|email",
            "{'email': 'a@b', 'role': 'king'}|role",
            "{'email': 'a@b', 'name': 'x'}|name"})
    void namesWhatIsWrongWithAnInvitation(String body, String field) {
        LeashAnswer answer = invite(body.replace('\'', '"'));

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys(field);
    }

    @Test
    void findsNobodyWhoIsNoMember() {
        for (String id : new String[]{UUID.randomUUID().toString(), "nobody"}) {
            assertThat(client.patch(MEMBERS + "/" + id, "{\"role\": \"viewer\"}").key(acme.adminKey()).send().outcome())
                    .isEqualTo("404 unknown_member");
            assertThat(client.delete(MEMBERS + "/" + id).key(acme.adminKey()).send().outcome())
                    .isEqualTo("404 unknown_member");
            assertThat(client.delete(INVITATIONS + "/" + id).key(acme.adminKey()).send().outcome())
                    .isEqualTo("404 unknown_invitation");
        }
    }

    private LeashAnswer invite(String body) {
        return client.post(INVITATIONS, body).key(acme.adminKey()).send();
    }
}
