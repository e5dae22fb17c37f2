package build.leash.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The table of {@code Retry-After} that this SDK shares with the one for TypeScript. */
class RetryPolicyTest {

    static Stream<Named<JsonNode>> rows() {
        return SharedTable.rows("retry-after").map(row -> Named.of(row.get("value").stringValue(), row));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void waitsAsLongAsTheTableSays(JsonNode row) {
        Optional<Duration> expected = row.get("seconds").isNull()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(row.get("seconds").longValue()));

        assertThat(RetryPolicy.parse(row.get("value").stringValue(), Instant.EPOCH)).isEqualTo(expected);
    }
}
