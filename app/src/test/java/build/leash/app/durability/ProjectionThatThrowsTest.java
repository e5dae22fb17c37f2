package build.leash.app.durability;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.event.Projection;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import java.util.List;
import org.axonframework.eventhandling.EventHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProjectionThatThrowsTest {

    private static final String SERVERS = "/api/organization/mcp-servers";

    private static RunningLeash leash;
    private static LeashClient client;

    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        Projection brokenProjection() {
            return new Projection("test.broken", new Object() {

                @EventHandler
                void on(McpServerRegistered event) {
                    if (event.slug().value().equals("broken")) {
                        throw new IllegalArgumentException("A projection broken on purpose");
                    }
                }

                @EventHandler
                void on(McpServerRevoked event) {
                    throw new IllegalArgumentException("A projection broken on purpose");
                }
            }, List.of());
        }
    }

    @BeforeAll
    static void start() {
        leash = RunningLeash.startWith(Broken.class);
        client = LeashClient.to(leash.baseUrl());
    }

    @AfterAll
    static void stop() {
        leash.close();
    }

    @Test
    void makesTheCommandFailAndLeavesNoEventNoRowAndNoCiphertext() {
        String before = everythingStored();

        assertThat(register("broken").outcome()).isEqualTo("500 internal_error");

        assertThat(everythingStored()).isEqualTo(before);
        assertThat(client.get(SERVERS + "/broken").key(leash.adminKey()).send().status()).isEqualTo(404);
    }

    @Test
    void leavesTheServerAsItWasWhenRevokingFails() {
        assertThat(register("sound").status()).isEqualTo(201);
        String before = everythingStored();

        assertThat(client.delete(SERVERS + "/sound").key(leash.adminKey()).send().status()).isEqualTo(500);

        assertThat(everythingStored()).isEqualTo(before);
        assertThat(client.get(SERVERS + "/sound").key(leash.adminKey()).send().status()).isEqualTo(200);
    }

    private static LeashAnswer register(String slug) {
        return client.post(SERVERS, """
                {"slug": "%s", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "t"}}
                """.formatted(slug)).key(leash.adminKey()).send();
    }

    private static String everythingStored() {
        return leash.bean(JdbcClient.class).sql("""
                select (select count(*) from eventstore.domain_event) || ' ' ||
                  (select count(*) from registry.mcp_server) || ' ' || (select count(*) from config.endpoint) || ' ' ||
                  (select count(*) from secrets.sealed_secret)
                """).query(String.class).single();
    }
}
