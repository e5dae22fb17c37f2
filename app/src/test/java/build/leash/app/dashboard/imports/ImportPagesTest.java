package build.leash.app.dashboard.imports;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.app.dashboard.imports.ImportPages.Result;
import build.leash.app.dashboard.page.Form;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RegistryRejection;
import build.leash.secrets.api.SecretsRejection;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.ui.ExtendedModelMap;

class ImportPagesTest {

    private static final Caller CALLER = new Caller(OrganizationId.random(), Actor.system("test"), Role.BUILDER,
            "request");

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void tellsWhatWasRegisteredBeforeItHadToStop() {
        assertThat(resultsOf(Map.of("second", new Rejected(RegistryRejection.SLUG_TAKEN, "It is taken."), "third",
                new Rejected(SecretsRejection.SECRETS_UNAVAILABLE, "The secrets cannot be sealed now."))))
                .containsExactly(new Result("first", ""), new Result("second", "It is taken."),
                        new Result("third", "The secrets cannot be sealed now. Nothing after it was tried."));
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void isTurnedDownIfTheVeryFirstOneIs() {
        assertThat(resultsOf(Map.of("first", new Rejected(SecretsRejection.SECRETS_UNAVAILABLE, "Not now."))))
                .containsExactly(new Result("first", "Not now. Nothing after it was tried."));
        assertThat(response.getStatus()).isEqualTo(422);
    }

    @SuppressWarnings("unchecked")
    private List<Result> resultsOf(Map<String, Rejected> refusals) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        List<String> slugs = List.of("first", "second", "third", "fourth");
        slugs.forEach(slug -> request.addParameter("slug", slug));
        request.addParameter("pasted", slugs.stream().map("\"%s\": {\"url\": \"https://mcp.example.com\"}"::formatted)
                .collect(Collectors.joining(", ", "{\"mcpServers\": {", "}}")));
        ExtendedModelMap model = new ExtendedModelMap();
        new ImportPages(servers(refusals)).confirm(response, CALLER, new Form(request), model);
        return (List<Result>) model.getAttribute("results");
    }

    /** Servers of which none has a slug that is looked for, and which take all but these. */
    private static McpServers servers(Map<String, Rejected> refusals) {
        return (McpServers) Proxy.newProxyInstance(McpServers.class.getClassLoader(), new Class<?>[]{McpServers.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.empty();
                    case "register" -> registered((Registration) arguments[1], refusals);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static @Nullable Object registered(Registration registration, Map<String, Rejected> refusals) {
        Rejected refusal = refusals.get(registration.slug().value());
        if (refusal != null) {
            throw refusal;
        }
        return null;
    }
}
