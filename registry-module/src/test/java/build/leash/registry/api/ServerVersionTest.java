package build.leash.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

    private static final String ID = "0b0b1bb5-7d5c-4a34-9d0a-6c1c7c3f2a11";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, 999_999_999_999_999_999L})
    void isReadAsItIsWritten(long version) {
        ServerVersion written = new ServerVersion(McpServerId.of(ID), version);
        assertThat(written).hasToString(ID + "." + version);
        assertThat(ServerVersion.parse(written.toString())).hasValue(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ID, ID + ".", "." + 1, ID + ".0", ID + ".01", ID + ".-1", ID + ".+1", ID + ".1 ",
            " " + ID + ".1", ID + ".1.1", ID + ".x", ID + ".1000000000000000000", ID + ".99999999999999999999",
            ID + ".１",
            ID + ".1\n", "1-1-1-1-1.1", "\"" + ID + ".1\"", "0B0B1BB5-7D5C-4A34-9D0A-6C1C7C3F2A11.1", ID + "1.1"})
    void isNothingElse(String text) {
        assertThat(ServerVersion.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aTransportIsReadByTheNameItIsWrittenWith(Transport transport) {
        assertThat(Transport.of(transport.toString())).isEqualTo(transport);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSE", "http", "streamable_http", "stdio", "sse "})
    void refusesAnotherTransport(String name) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Transport.of(name))
                .withMessage("A transport is one of streamable-http, sse.");
    }
}
