package build.leash.benchmarks;

/** A hand-off's answer, as bytes. */
final class Constant {

    static final String BODY = """
            {"success":true,"data":{"slug":"server-0","displayName":"server-0","url":"https://mcp.example.com/server-0",\
            "headers":{"Authorization":"Bearer %s"},"transport":"streamable-http","version":1}}"""
            .formatted(DatasetLoader.TOKEN);

    private Constant() {}
}
