package build.leash.billing.api;

/** What not every plan includes. */
public enum Feature {

    /** Registering MCP servers and handing them off. */
    CUSTOM_MCP_SERVERS(Plan.GROWTH);

    private final Plan from;

    Feature(Plan from) {
        this.from = from;
    }

    /** The smallest plan that includes it. */
    public Plan from() {
        return from;
    }
}
