package build.leash.app.dashboard.imports;

import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.StaticHeader;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The organization's servers as {@code server.json} entries, in the list that the registry's own API answers with.
 * Secrets are named and left out.
 */
@Controller
class ExportController {

    private static final String SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";
    /** Completes nothing by itself: a list that broke off is to look like it. */
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT, StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final McpServers servers;

    ExportController(McpServers servers) {
        this.servers = servers;
    }

    /** Page by page, so that the number of servers is no matter. */
    @GetMapping("/dashboard/organization/export")
    void export(Caller caller, HttpServletResponse response) throws IOException {
        Page<McpServerView> page = servers.list(caller, new PageRequest(null, PageRequest.MAX_LIMIT));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"server.json\"");
        try (JsonGenerator json = JSON.createGenerator(response.getOutputStream())) {
            json.writeStartObject();
            json.writeArrayPropertyStart("servers");
            write(json, page.items());
            for (String after = page.next(); after != null; after = page.next()) {
                page = servers.list(caller, new PageRequest(after, PageRequest.MAX_LIMIT));
                write(json, page.items());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, List<McpServerView> items) {
        items.forEach(server -> json.writePOJO(Map.of("server", entry(server))));
    }

    private static Map<String, Object> entry(McpServerView server) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("$schema", SCHEMA);
        entry.put("name", "build.leash/" + server.slug());
        entry.put("title", server.displayName());
        entry.put("description", "Custom MCP server " + server.slug());
        entry.put("version", "1.0." + server.version());
        Map<String, Object> remote = new LinkedHashMap<>();
        remote.put("type", server.transport().toString());
        remote.put("url", server.url().value());
        List<Map<String, Object>> headers = new ArrayList<>();
        if (server.bearer() != null) {
            headers.add(header("Authorization", null));
        }
        for (StaticHeader header : server.headers()) {
            headers.add(header(header.name().value(), header.value()));
        }
        if (!headers.isEmpty()) {
            remote.put("headers", headers);
        }
        entry.put("remotes", List.of(remote));
        return entry;
    }

    /** @param value null for a secret */
    private static Map<String, Object> header(String name, @Nullable String value) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("name", name);
        header.put("isRequired", true);
        if (value == null) {
            header.put("isSecret", true);
        } else {
            header.put("value", value);
        }
        return header;
    }
}
