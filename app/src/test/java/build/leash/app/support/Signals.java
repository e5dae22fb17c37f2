package build.leash.app.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Stops processes and lets them go on. */
public final class Signals {

    private Signals() {}

    /** SIGSTOP to each that is there. */
    public static void stop(List<Long> processes) {
        send("STOP", processes);
    }

    /** SIGCONT to each that is there. */
    public static void goOn(List<Long> processes) {
        send("CONT", processes);
    }

    private static void send(String signal, List<Long> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process)));
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
