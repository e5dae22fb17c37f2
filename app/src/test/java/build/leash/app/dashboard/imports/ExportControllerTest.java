package build.leash.app.dashboard.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Role;
import build.leash.registry.api.McpServers;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletResponse;

class ExportControllerTest {

    private final Caller caller = new Caller(OrganizationId.random(), Actor.system("test"), Role.VIEWER, "request");

    /** The database is gone after the first page. */
    private final McpServers servers = (McpServers) Proxy.newProxyInstance(McpServers.class.getClassLoader(),
            new Class<?>[]{McpServers.class}, (proxy, method, arguments) -> {
                if (((PageRequest) arguments[1]).after() != null) {
                    throw new DataAccessResourceFailureException("gone");
                }
                return new Page<>(List.of(), "second");
            });

    @Test
    void doesNotCompleteAListThatBreaksOff() throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThatThrownBy(() -> new ExportController(servers).export(caller, response))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(response.getContentAsString()).contains("\"servers\"").doesNotContain("]").doesNotContain("}");
    }
}
