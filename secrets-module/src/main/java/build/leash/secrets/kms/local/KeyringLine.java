package build.leash.secrets.kms.local;

import build.leash.secrets.kms.KeyState;
import build.leash.secrets.kms.KeyVersion;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One version of one key as the file has it: {@code <name> <version> <base64> <state> .} The final dot tells a whole
 * line from one that a crash cut short. A destroyed version keeps its line, without material, so that its number is
 * never given again.
 */
record KeyringLine(String name, int version, String encoded, KeyState state) {

    private static final String END = ".";
    private static final String NO_MATERIAL = "-";
    private static final int FIELDS = 5;
    /** Lines written before versions had states. */
    private static final int FIELDS_WITHOUT_STATE = 4;

    static KeyringLine enabled(String name, int version, byte[] material) {
        return new KeyringLine(name, version, Base64.getEncoder().encodeToString(material), KeyState.ENABLED);
    }

    /**
     * The line with this text, or nothing if it is not whole.
     *
     * @throws IllegalArgumentException if it is whole and no line of a keyring
     */
    static Optional<KeyringLine> parse(String text) {
        List<String> fields = List.of(text.split(" ", -1));
        boolean whole = (fields.size() == FIELDS || fields.size() == FIELDS_WITHOUT_STATE)
                && fields.getLast().equals(END);
        if (!whole) {
            return Optional.empty();
        }
        KeyState state = fields.size() == FIELDS
                ? KeyState.valueOf(fields.get(3).toUpperCase(Locale.ROOT))
                : KeyState.ENABLED;
        return Optional.of(new KeyringLine(fields.get(0), Integer.parseInt(fields.get(1)), fields.get(2), state));
    }

    String text() {
        return String.join(" ", name, Integer.toString(version), encoded, state.name().toLowerCase(Locale.ROOT), END);
    }

    KeyringLine in(KeyState newState) {
        return new KeyringLine(name, version, newState == KeyState.DESTROYED ? NO_MATERIAL : encoded, newState);
    }

    /**
     * The material, a fresh copy that the caller wipes.
     *
     * @throws IllegalArgumentException if what is written there is none
     */
    byte[] material() {
        return Base64.getDecoder().decode(encoded);
    }

    String id() {
        return name + " " + version;
    }

    KeyVersion described() {
        return new KeyVersion(Integer.toString(version), state, null);
    }

    @Override
    public String toString() {
        return "KeyringLine[" + name + ", " + version + ", " + state + "]";
    }
}
