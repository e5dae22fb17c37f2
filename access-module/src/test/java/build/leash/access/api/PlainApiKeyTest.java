package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PlainApiKeyTest {

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String KNOWN = "lsk_live_" + "0".repeat(43) + "3nAzh8";

    @ParameterizedTest
    @EnumSource(ApiKeyKind.class)
    void generatesPrefixRandomPartAndChecksum(ApiKeyKind kind) {
        PlainApiKey key = PlainApiKey.generate(kind);
        assertThat(key.kind()).isEqualTo(kind);
        assertThat(key.reveal()).matches(kind.prefix() + "[0-9A-Za-z]{49}");
    }

    @ParameterizedTest
    @EnumSource(ApiKeyKind.class)
    void recognizesWhatItGenerated(ApiKeyKind kind) {
        PlainApiKey key = PlainApiKey.generate(kind);
        PlainApiKey parsed = PlainApiKey.parse(key.reveal()).orElseThrow();
        assertThat(parsed.kind()).isEqualTo(kind);
        assertThat(parsed.reveal()).isEqualTo(key.reveal());
        assertThat(parsed.sha256()).isEqualTo(key.sha256());
    }

    @Test
    void generatesNoKeyTwice() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add(PlainApiKey.generate(ApiKeyKind.APP).reveal());
        }
        assertThat(keys).hasSize(10_000);
    }

    @Test
    void usesEveryCharacterAtEveryRandomPlace() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            String key = PlainApiKey.generate(ApiKeyKind.APP).reveal();
            for (int place = 9; place < 52; place++) {
                seen.add(place + ":" + key.charAt(place));
            }
        }
        assertThat(seen).hasSize(43 * BASE62.length());
    }

    /** The form is public: scanners compute the checksum too, so it never changes. */
    @Test
    void keepsTheChecksumThatScannersCompute() {
        assertThat(PlainApiKey.parse(KNOWN)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(ApiKeyKind.class)
    void detectsEveryChangeOfASingleCharacter(ApiKeyKind kind) {
        String key = PlainApiKey.generate(kind).reveal();
        for (int place = 0; place < key.length(); place++) {
            for (char other : BASE62.toCharArray()) {
                if (other != key.charAt(place)) {
                    String changed = key.substring(0, place) + other + key.substring(place + 1);
                    assertThat(PlainApiKey.parse(changed)).as("character %d", place).isEmpty();
                }
            }
        }
    }

    @Test
    void detectsEverySwapOfTwoNeighbours() {
        String key = PlainApiKey.generate(ApiKeyKind.APP).reveal();
        for (int place = 0; place < key.length() - 1; place++) {
            char[] swapped = key.toCharArray();
            swapped[place] = key.charAt(place + 1);
            swapped[place + 1] = key.charAt(place);
            if (swapped[place] != swapped[place + 1]) {
                assertThat(PlainApiKey.parse(new String(swapped))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "lsk_", "lsk_live_", "lsk_admin_", "lsk_live_é", "Bearer x", "\u0000", "🚀",
            "sk-x",
            "lsk_live_0000000000000000000000000000000000000000000000000"})
    void takesNoGarbageForAKey(String text) {
        assertThat(PlainApiKey.parse(text)).isEmpty();
    }

    @Test
    void takesNoKeyWithAnythingAroundIt() {
        for (String changed : Set.of(" " + KNOWN, KNOWN + " ", KNOWN + "\n", KNOWN + "0",
                KNOWN.toLowerCase(Locale.ROOT),
                KNOWN.substring(1), KNOWN.substring(0, KNOWN.length() - 1), KNOWN.replace("live", "admin"),
                KNOWN.replace('0', '０'), KNOWN.repeat(1_000))) {
            assertThat(PlainApiKey.parse(changed)).isEmpty();
        }
    }

    @Test
    void isStoredAsTheSha256OfAllOfIt() throws Exception {
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(KNOWN.getBytes(StandardCharsets.US_ASCII));
        assertThat(PlainApiKey.parse(KNOWN).map(PlainApiKey::sha256)).hasValue(expected);
    }

    @Test
    void printsItsKindOnly() {
        Set<String> printed = Set.of(ApiKeyKind.values()).stream().map(PlainApiKey::generate)
                .map(PlainApiKey::toString).collect(Collectors.toSet());
        assertThat(printed).containsExactlyInAnyOrder("lsk_live_…", "lsk_admin_…");
        assertThat(Optional.of(PlainApiKey.parse(KNOWN)).toString()).doesNotContain("000");
    }

    @Test
    void refusesJackson() {
        JsonMapper json = JsonMapper.builder().build();
        PlainApiKey key = PlainApiKey.parse(KNOWN).orElseThrow();
        assertThatThrownBy(() -> json.writeValueAsString(key)).hasMessageContaining("never serialized")
                .hasMessageNotContaining("000");
        assertThatThrownBy(() -> json.writeValueAsString(Map.of("key", key))).hasMessageNotContaining("000");
    }

    @Test
    void refusesJavaSerialization() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatExceptionOfType(NotSerializableException.class)
                    .isThrownBy(() -> out.writeObject(PlainApiKey.generate(ApiKeyKind.APP)));
        }
    }
}
