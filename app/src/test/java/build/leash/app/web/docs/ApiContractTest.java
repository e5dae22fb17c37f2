package build.leash.app.web.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.app.support.ApiContract;
import build.leash.app.support.LeashAnswer;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check that every other test relies on must be able to fail. */
class ApiContractTest {

    private static final String PLAN = "{'plan': 'growth', 'since': '2026-01-31T12:00:00Z', 'customMcpServers': true}";
    private static final String PROBLEM = "{'success': false, 'code': 'not_found', 'error': 'x', 'type': 'https://x/y',"
            + " 'title': 'x', 'status': 404, 'detail': 'x', 'action': 'x', 'seeAlso': '/docs/errors#x',"
            + " 'requestId': '12345678'}";

    private final ApiContract contract = ApiContract.instance();

    @Test
    void acceptsWhatIsDocumented() {
        contract.check("GET", "/api/organization/plan?x=y", answer(200, "application/json", PLAN));
        contract.check("GET", "/nothing/here", answer(404, "application/problem+json", PROBLEM));

        assertThat(contract.operations()).contains("GET /api/organization/plan");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "a member too many      | 'plan'       | 'extra': 1, 'plan'",
            "a member too few       | 'plan': 'growth', | ''",
            "another type           | true         | 'true'",
            "a value not in the set | growth       | gold",
            "a time without a zone  | 00Z          | 00",
            "no time at all         | 2026-01-31   | 2026-13-31"})
    void refusesBodiesThatDoNotFit(String what, String documented, String sent) {
        String body = PLAN.replace(documented, sent.equals("''") ? "" : sent);

        assertThat(body).isNotEqualTo(PLAN);
        assertThatThrownBy(() -> contract.check("GET", "/api/organization/plan", answer(200, "application/json", body)))
                .as(what).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/organization/plan,201", "GET,/api/organization/plan,409", "GET,/api/elsewhere,200",
            "PUT,/api/organization/mcp-servers,200", "GET,/api/organization/plan,500", "GET,/elsewhere,500"})
    void refusesStatusesThatAreNotDocumented(String method, String path, int status) {
        assertThatThrownBy(() -> contract.check(method, path, answer(status, "application/json", PLAN)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesErrorsThatAreNoProblemDocuments() {
        assertThatThrownBy(() -> contract.check("GET", "/x", answer(404, "text/html", "<h1>Not found</h1>")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("GET", "/x", answer(400, "application/problem+json", PROBLEM)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("GET", "/api/organization/plan",
                answer(404, "application/problem+json", PROBLEM))).isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesAnswersWithoutTheirHeaders() {
        LeashAnswer bare = new LeashAnswer(200,
                HttpHeaders.of(Map.of("Content-Type", List.of("application/json"),
                        "X-Request-Id", List.of("12345678")), (name, value) -> true),
                json(PLAN));

        assertThatThrownBy(() -> contract.check("GET", "/api/organization/plan", bare))
                .hasMessageContaining("Cache-Control");
    }

    private static LeashAnswer answer(int status, String type, String body) {
        return new LeashAnswer(status,
                HttpHeaders.of(Map.of("Content-Type", List.of(type), "Cache-Control", List.of("no-store"),
                        "X-Request-Id", List.of("12345678")), (name, value) -> true),
                json(body));
    }

    private static byte[] json(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
