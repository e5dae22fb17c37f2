package build.leash.secrets.kms.local;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.WrappedKey;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A process that uses a keyring until it is killed or has done its rounds. Says what it relies on once it may:
 * {@code kept <name> <version> <ciphertext>} and {@code destroyed <name>}.
 */
final class KeyringProcess {

    private static final byte[] PLAIN = new byte[32];

    private KeyringProcess() {}

    public static void main(String[] arguments) {
        LocalKms kms = new LocalKms(Path.of(arguments[0]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            String kept = kms.createKey(OrganizationId.random());
            String _ = kms.addVersion(kept);
            WrappedKey wrapped = kms.wrap(kept, PLAIN, PLAIN);
            out.println("kept " + kept + " " + wrapped.keyVersion() + " "
                    + HexFormat.of().formatHex(wrapped.ciphertext()));
            String doomed = kms.createKey(OrganizationId.random());
            kms.scheduleDestruction(doomed);
            out.println("destroyed " + doomed);
        }
    }
}
