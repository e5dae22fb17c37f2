package build.leash.registry.server;

import build.leash.access.api.Commands;
import build.leash.access.api.Writes;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventSourced;
import build.leash.access.api.event.Projection;
import build.leash.billing.api.Entitlements;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.event.RegistryEvent;
import build.leash.secrets.api.Vault;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class McpServerConfiguration {

    @Bean
    EventFamily registryEvents() {
        return new EventFamily(RegistryEvent.class);
    }

    @Bean
    EventSourced mcpServerAggregate() {
        return new EventSourced(McpServer.class);
    }

    @Bean
    Projection mcpServerProjection(JdbcClient jdbc) {
        return new Projection("registry.mcp-server", new McpServerProjection(jdbc),
                List.of(McpServerProjection.REBUILD));
    }

    @Bean
    McpServers mcpServers(JdbcClient jdbc, Entitlements entitlements, Vault vault, Writes writes, Commands commands) {
        return new EventSourcedMcpServers(new StoredMcpServers(jdbc), entitlements, vault, writes, commands);
    }
}
