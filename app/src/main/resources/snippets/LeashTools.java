// Maven: io.modelcontextprotocol.sdk:mcp:2.1.0
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.{{java.transport}};
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.json.JsonMapper;

public class LeashTools {

    public static void main(String[] args) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("{{url}}"))
                .header("X-API-Key", System.getenv("LEASH_API_KEY")).build();
        var answer = JsonMapper.shared().readTree(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
        if (!answer.path("success").booleanValue()) {
            throw new IllegalStateException(answer.path("error").asString());
        }
        var data = answer.path("data");
        var url = URI.create(data.path("url").asString());
        var origin = url.getScheme() + "://" + url.getRawAuthority();
        var transport = {{java.transport}}.builder(origin)
                .{{java.endpoint}}(url.toString().substring(origin.length()))
                .httpRequestCustomizer((http, method, uri, body, context) -> data.path("headers")
                        .properties().forEach(header -> http.setHeader(header.getKey(), header.getValue().asString())))
                .build();
        try (var client = McpClient.sync(transport).build()) {
            client.initialize();
            client.listTools().tools().forEach(tool -> System.out.println(tool.name()));
        }
    }
}
