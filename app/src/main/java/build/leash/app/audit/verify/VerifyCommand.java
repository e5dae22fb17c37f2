package build.leash.app.audit.verify;

import build.leash.app.audit.ledger.Checkpoint;
import build.leash.app.audit.ledger.SignedNote;
import build.leash.app.audit.ledger.VerifierKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code audit verify <export> --checkpoint <file> --key <key or file> [--previous-checkpoint <file>]}. Exits with 0 if
 * the export is what was signed, 1 with a line for each finding if it is not, 2 if it was called wrongly.
 */
public final class VerifyCommand {

    public static final int SOUND = 0;
    public static final int UNSOUND = 1;
    public static final int MISUSED = 2;

    private static final String USAGE = "Usage: audit verify <export.jsonl> --checkpoint <file> --key <key or file>"
            + " [--previous-checkpoint <file>]";

    private final PrintStream out;

    public VerifyCommand(PrintStream out) {
        this.out = out;
    }

    /** @param arguments what follows {@code audit verify} */
    public int run(List<String> arguments) {
        @Nullable
        Path export = null;
        List<String> checkpoints = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--") && export == null) {
                export = Path.of(argument);
            } else if (i + 1 < arguments.size() && argument.matches("--(previous-)?checkpoint")) {
                checkpoints.add(arguments.get(++i));
            } else if (i + 1 < arguments.size() && argument.equals("--key")) {
                keys.add(arguments.get(++i));
            } else {
                return misused(USAGE);
            }
        }
        return export == null || keys.isEmpty() || checkpoints.isEmpty()
                ? misused(USAGE)
                : run(export, checkpoints, keys);
    }

    private int run(Path export, List<String> checkpointFiles, List<String> keyTexts) {
        try {
            List<VerifierKey> keys = new ArrayList<>();
            for (String text : keyTexts) {
                keys.add(VerifierKey.parse(text.contains("+") ? text : Files.readString(Path.of(text))));
            }
            List<Checkpoint> checkpoints = new ArrayList<>();
            for (String file : checkpointFiles) {
                checkpoints.add(Checkpoint.parse(SignedNote.open(Files.readString(Path.of(file)), keys)));
            }
            return verify(export, new ExportVerifier(keys, checkpoints));
        } catch (IllegalArgumentException e) {
            return finding("The key or a checkpoint is not sound: " + e.getMessage());
        } catch (IOException e) {
            return misused("Cannot be read: " + e.getMessage());
        }
    }

    private int verify(Path export, ExportVerifier verifier) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(export)) {
            Findings findings = verifier.verify(reader);
            if (!findings.isEmpty()) {
                findings.lines().forEach(out::println);
                return UNSOUND;
            }
        }
        out.println("Sound: " + verifier.events() + " events in a ledger of " + verifier.size()
                + " are what was signed.");
        return SOUND;
    }

    private int finding(String line) {
        out.println(line);
        return UNSOUND;
    }

    private int misused(String line) {
        out.println(line);
        return MISUSED;
    }
}
