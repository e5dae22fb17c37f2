package build.leash.app.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Node app that keeps running and can be asked what it sees: {@code ask.mjs}. */
final class RunningApp implements AutoCloseable {

    private static final int SECONDS_LIMIT = 30;

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    RunningApp(ProcessBuilder builder) throws IOException {
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        questions = process.outputWriter();
        answers = process.inputReader();
    }

    @Nullable
    String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return answers.readLine();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        questions.close();
        if (!process.waitFor(SECONDS_LIMIT, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("The app does not end with its input");
        }
    }
}
