package build.leash.app.audit.readlog;

/** What was asked for with a key. */
public enum ReadKind {
    /** An MCP server. */
    HAND_OFF("hand-off"),
    /** Values of a runtime environment. */
    ENV("env"),
    /** Anything that a management key is for. */
    MANAGEMENT("management");

    private final String text;

    ReadKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
