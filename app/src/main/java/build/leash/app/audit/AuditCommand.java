package build.leash.app.audit;

import build.leash.app.audit.verify.VerifyCommand;
import java.io.PrintStream;
import java.util.List;

/** {@code java -jar app.jar audit …}: what an auditor does on the command line. */
public final class AuditCommand {

    private final PrintStream out;

    public AuditCommand(PrintStream out) {
        this.out = out;
    }

    /** @return the exit code */
    public int run(List<String> arguments) {
        String what = arguments.isEmpty() ? "" : arguments.getFirst();
        if (what.equals("verify")) {
            return new VerifyCommand(out).run(arguments.subList(1, arguments.size()));
        }
        out.println("Usage: audit verify …");
        return VerifyCommand.MISUSED;
    }
}
