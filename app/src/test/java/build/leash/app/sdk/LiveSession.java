package build.leash.app.sdk;

import java.io.IOException;

/** A connected MCP client that calls a tool again and again until it is closed. */
interface LiveSession extends AutoCloseable {

    /** How many calls have succeeded. */
    int calls();

    /** Ends the session, and fails if one of its calls did. */
    @Override
    void close() throws IOException, InterruptedException;
}
