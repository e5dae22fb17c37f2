package build.leash.secrets.env;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.provider.ExternalSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken of a source, and what becomes of one that cannot be asked. */
class KindsTest {

    private static final Map<String, String> SETTINGS = Map.of("url", "https://a.example", "folder", "/");

    private @Nullable RuntimeException failure;
    private final Kinds kinds = new Kinds(List.of(new Fake()));

    @ParameterizedTest
    @CsvSource({"https://evil.example,/,true", "https://a.example,/,false", "https://a.example,/other,false"})
    void aCredentialGoesElsewhereOnlyIfItIsGivenAnew(String url, String folder, boolean isElsewhere) {
        Map<String, String> settings = Map.of("url", url, "folder", folder);
        if (isElsewhere) {
            assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> kinds.check(source(), settings, null))
                    .withMessageContaining("With another url the credential has to be given anew");
        } else {
            assertThatCode(() -> kinds.check(source(), settings, null)).doesNotThrowAnyException();
        }
        assertThatCode(() -> kinds.check(source(), settings, PlainSecret.of("new"))).doesNotThrowAnyException();
    }

    @Test
    void aSettingThatIsLeftOutLeadsElsewhereToo() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> kinds.check(source(), Map.of("folder", "/"), null));
    }

    @ParameterizedTest
    @CsvSource({"java.lang.IllegalStateException,internal_error",
            "build.leash.access.api.InvalidValue,invalid_settings"})
    void aSourceThatCannotBeAskedFails(Class<? extends RuntimeException> type, String reason) throws Exception {
        failure = type.getConstructor(String.class).newInstance("quotes a secret");
        assertThatExceptionOfType(OutboundFailure.class).isThrownBy(() -> fetch(1)).withMessage(reason);
    }

    @Test
    void whatIsNotTheSourcesFaultIsNotMadeIt() {
        failure = new Rejected(SecretsRejection.SECRETS_UNAVAILABLE, "Too many");
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> fetch(1)).isSameAs(failure);
    }

    @Test
    void aSourceIsAskedForSoManyKeysOnly() {
        assertThatCode(() -> fetch(ExternalSource.MAX_KEYS)).doesNotThrowAnyException();
        assertThatExceptionOfType(OutboundFailure.class).isThrownBy(() -> fetch(ExternalSource.MAX_KEYS + 1))
                .withMessage("too_many_keys");
    }

    private void fetch(int keys) throws OutboundFailure {
        Set<EnvKey> asked = IntStream.range(0, keys).mapToObj(i -> EnvKey.of("K" + i)).collect(Collectors.toSet());
        kinds.fetch(SourceKind.INFISICAL,
                new ExternalSource.Question(OrganizationId.random(), SETTINGS, null, asked));
    }

    private static SourceView source() {
        return new SourceView(SourceId.random(), "Ours", SourceKind.INFISICAL, SETTINGS, true, List.of(), 0, 1,
                Instant.EPOCH, "x", Instant.EPOCH, "x", null);
    }

    private final class Fake implements ExternalSource {

        @Override
        public SourceKind kind() {
            return SourceKind.INFISICAL;
        }

        @Override
        public void check(Map<String, String> settings) {}

        @Override
        public void checkCredential(PlainSecret credential) {}

        @Override
        public Set<String> destination() {
            return Set.of("url");
        }

        @Override
        public Map<EnvKey, PlainSecret> fetch(Question question) {
            if (failure != null) {
                throw failure;
            }
            return Map.of();
        }
    }
}
