package build.leash.app.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.ApiContract;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.web.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class DocsTest {

    private static final List<String> NOT_THE_API = List.of("/error", "/actuator", "/docs", "/v3/api-docs",
            "/dashboard");

    private final RunningLeash leash = RunningLeash.shared();
    private final ApiContract contract = ApiContract.instance();

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedRouteIsThere() {
        RequestMappingHandlerMapping mapping = (RequestMappingHandlerMapping) leash
                .bean("requestMappingHandlerMapping");
        Set<String> routes = new TreeSet<>();
        mapping.getHandlerMethods().keySet().stream().flatMap(DocsTest::routes)
                .filter(route -> NOT_THE_API.stream().noneMatch(prefix -> route.contains(" " + prefix)))
                .forEach(routes::add);

        assertThat(contract.operations()).isEqualTo(routes).isNotEmpty();
    }

    private static Stream<String> routes(RequestMappingInfo info) {
        assertThat(info.getMethodsCondition().getMethods()).as("methods of " + info).satisfiesAnyOf(
                methods -> assertThat(methods).isNotEmpty(),
                methods -> assertThat(info.getPatternValues()).containsExactly("/error"));
        return info.getPatternValues().stream().flatMap(
                path -> info.getMethodsCondition().getMethods().stream().map(method -> method + " " + path));
    }

    @Test
    void documentNamesExactlyTheCodesThereAre() {
        JsonNode codes = contract.document().at("/components/schemas/Problem/properties/code/enum");

        assertThat(codes.valueStream().map(JsonNode::stringValue)).containsExactly(
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toArray(String[]::new));
    }

    @Test
    void everyCodeBelongsToSomeAnswer() {
        String responses = contract.document().get("components").get("schemas").toString()
                .replace(contract.document().at("/components/schemas/Problem").toString(), "");

        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).allMatch(
                code -> responses.contains('"' + code + '"'));
    }

    @Test
    void examplesFitTheirSchemas() {
        List<JsonNode> media = contract.document().findParents("example").stream().filter(node -> node.has("schema"))
                .filter(node -> node.get("schema").has("$ref")).toList();

        assertThat(media).hasSizeGreaterThan(10).allSatisfy(node -> assertThat(
                contract.violations(node.get("example"), node.at("/schema/$ref").stringValue())).isEmpty());
    }

    @Test
    void documentIsServedAsJson() {
        LeashAnswer answer = leash.client().get("/v3/api-docs").send();

        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.json()).isEqualTo(contract.document());
        assertThat(answer.member("openapi")).startsWith("3.1.");
    }

    @Test
    void documentIsServedAsYaml() {
        LeashAnswer answer = leash.client().get("/v3/api-docs.yaml").send();

        assertThat(answer.contentType()).isEqualTo("application/yaml");
        assertThat(answer.text()).startsWith("openapi: 3.1.").contains("operationId: handOffMcpServer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/api", "/docs/errors"})
    void pagesLoadNothingFromElsewhereAndEverythingTheyNeed(String page) {
        LeashAnswer answer = leash.client().get(page).send();
        List<String> loaded = Pattern.compile("(?:src|rel=\"stylesheet\" href)=\"([^\"]+)\"").matcher(answer.text())
                .results().map((MatchResult found) -> found.group(1)).toList();

        assertThat(answer.contentType()).isEqualTo("text/html");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'").doesNotContain("unsafe");
        assertThat(answer.text()).doesNotContain("<script>", "<style>", "style=", "onload=", "http://", "https://");
        assertThat(loaded).isNotEmpty().allMatch(path -> path.startsWith("/docs/assets/")).allSatisfy(
                path -> assertThat(leash.client().get(path).send().status()).as(path).isEqualTo(200));
    }

    @Test
    void pageRendersTheDocumentOfThisServerAndAsksNoValidatorElsewhere() {
        LeashAnswer script = leash.client().get("/docs/assets/api.js").send();

        assertThat(script.contentType()).isEqualTo("text/javascript");
        assertThat(script.text()).contains("url: \"/v3/api-docs\"", "validatorUrl: null");
    }

    @Test
    void otherFilesOfTheRendererAreNotServed() {
        assertThat(leash.client().get("/docs/assets/index.html").send().outcome()).isEqualTo("404 not_found");
        assertThat(leash.client().get("/webjars/swagger-ui/5.34.1/index.html").send().outcome())
                .isEqualTo("404 not_found");
    }

    @Test
    void everyCodeHasItsAnchorOnThePage() {
        String page = leash.client().get("/docs/errors").send().text();

        assertThat(Arrays.stream(ErrorCode.values())).allSatisfy(code -> assertThat(page)
                .contains("<section id=\"" + code.code() + "\">", code.status() + " " + code.title()));
    }
}
