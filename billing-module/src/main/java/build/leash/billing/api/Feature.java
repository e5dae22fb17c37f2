package build.leash.billing.api;

/** What not every plan includes. */
public enum Feature {

    /** Registering MCP servers and handing them off. */
    CUSTOM_MCP_SERVERS("Custom MCP servers", Plan.GROWTH),
    /** Secret sources of whatever kind, and apps that read env values from them. */
    RUNTIME_ENV("Env values from secret sources", Plan.GROWTH);

    private final String title;
    private final Plan from;

    Feature(String title, Plan from) {
        this.title = title;
        this.from = from;
    }

    /** What it is called, at the beginning of a sentence and in the plural. */
    public String title() {
        return title;
    }

    /** The smallest plan that includes it. */
    public Plan from() {
        return from;
    }
}
