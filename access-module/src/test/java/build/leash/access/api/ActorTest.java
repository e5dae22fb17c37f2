package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActorTest {

    private static final String ID = "0b0b1bb5-7d5c-4a34-9d0a-6c1c7c3f2a11";

    @Test
    void namesWhoCausedAChangeByIdOnly() {
        assertThat(Actor.apiKey(ApiKeyId.of(ID))).hasToString("api-key:" + ID);
        assertThat(Actor.person(PersonId.of(ID))).hasToString("person:" + ID);
        assertThat(Actor.system("first-run")).hasToString("system:first-run");
    }

    @Test
    void aManagementKeyActsAsItselfForItsOrganizationOnly() {
        ManagementKey key = new ManagementKey(ApiKeyId.of(ID), OrganizationId.random(), Role.VIEWER);
        assertThat(key.as("request-7"))
                .isEqualTo(new Caller(key.organization(), Actor.apiKey(key.id()), Role.VIEWER, "request-7"));
    }
}
