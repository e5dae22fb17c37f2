package build.leash.app.audit;

import build.leash.access.api.Rejected;
import build.leash.app.audit.export.AuditLog;
import build.leash.app.audit.replay.ReplayCommand;
import build.leash.app.audit.verify.VerifyCommand;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code java -jar app.jar audit …}: what an auditor does on the command line. Verifying needs neither server nor
 * database; the rest starts Leash without listening anywhere, on the database that the settings name.
 */
public final class AuditCommand {

    private static final String USAGE = """
            Usage:
              audit verify <export.jsonl> --checkpoint <file> --key <key or file> [--previous-checkpoint <file>]
              audit export <file>              everything, of all organizations
              audit replay [--fresh] [--swap]  make the read models anew and compare them with the live ones
            Settings of Leash may follow as --name=value, for example --leash.data-dir=/var/lib/leash.""";

    private final PrintStream out;
    private final Class<?> application;

    /** @param application the class with which Leash starts */
    public AuditCommand(PrintStream out, Class<?> application) {
        this.out = out;
        this.application = application;
    }

    /** @return the exit code */
    public int run(List<String> arguments) {
        String what = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (what) {
            case "verify" -> new VerifyCommand(out).run(rest);
            case "export" -> rest.isEmpty() || rest.getFirst().startsWith("--")
                    ? misused()
                    : withLeash(rest, leash -> export(leash.getBean(AuditLog.class), Path.of(rest.getFirst())));
            case "replay" -> withLeash(rest, leash -> leash.getBean(ReplayCommand.class).run(out,
                    rest.contains("--fresh"), rest.contains("--swap")));
            default -> misused();
        };
    }

    private int withLeash(List<String> arguments, ToIntFunction<ConfigurableApplicationContext> work) {
        String[] settings = arguments.stream().filter(argument -> argument.matches("--[a-z.-]+=.*"))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext leash = new SpringApplicationBuilder(application)
                .initializers(new WithoutBackgroundWork())
                .properties("logging.level.root=warn", "leash.first-run=false")
                .run(settings)) {
            return work.applyAsInt(leash);
        }
    }

    private int export(AuditLog log, Path file) {
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
            log.exportInstallation(to);
            return VerifyCommand.SOUND;
        } catch (IOException e) {
            out.println("Cannot be written: " + e.getMessage());
            return VerifyCommand.MISUSED;
        } catch (Rejected | IllegalStateException e) {
            out.println("Cannot be exported: " + e.getMessage());
            return VerifyCommand.MISUSED;
        }
    }

    private int misused() {
        out.println(USAGE);
        return VerifyCommand.MISUSED;
    }
}
