package build.leash.app.audit.ledger;

import java.util.List;

/**
 * What is signed of a tree (C2SP tlog-checkpoint, https://c2sp.org/tlog-checkpoint).
 *
 * @param origin which log it is
 */
public record Checkpoint(String origin, long size, Hash root) {

    private static final int LINES = 3;

    /** @throws IllegalArgumentException if the text is no checkpoint */
    public static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < LINES || !text.endsWith("\n") || lines.getFirst().isEmpty()
                || !lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("This is no checkpoint.");
        }
        return new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), Hash.ofBase64(lines.get(2)));
    }

    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
