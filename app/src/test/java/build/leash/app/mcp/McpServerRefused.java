package build.leash.app.mcp;

/** The MCP server answered, and its answer to these headers was no. Any other failure stays what the SDK throws. */
final class McpServerRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    McpServerRefused(int status, Throwable cause) {
        super("the MCP server refused with " + status, cause);
        this.status = status;
    }

    /** 401 or 403. */
    int status() {
        return status;
    }
}
