package build.leash.app.web.organization;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Rejected;
import build.leash.access.api.Slug;
import build.leash.app.web.ETags;
import build.leash.app.web.RequestFields;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.audit.readlog.LastReads;
import build.leash.registry.api.Change;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RegistryRejection;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/mcp-servers}. */
@RestController
@RequestMapping(McpServerController.PATH)
class McpServerController {

    static final String PATH = "/api/organization/mcp-servers";

    private final McpServers servers;
    private final LastReads reads;

    McpServerController(McpServers servers, LastReads reads) {
        this.servers = servers;
        this.reads = reads;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<McpServerJson> register(Caller caller, RequestFields body) {
        Registration registration = McpServerRequests.registration(body);
        McpServerView server = withHeadersToKeep(() -> servers.register(caller, registration));
        return shown(ResponseEntity.created(URI.create(PATH + "/" + server.slug())), server);
    }

    @GetMapping
    ResponseEntity<PageJson<McpServerJson>> list(Caller caller, PageRequest request) {
        if (request.after() != null && !Slug.isValid(request.after())) {
            throw new InvalidRequest("after", "Give the `next` of the page before.");
        }
        Page<McpServerView> page = servers.list(caller, request);
        Map<McpServerId, Instant> lastFetched = reads.fetched(caller.organization(),
                page.items().stream().map(McpServerView::id).toList());
        return ResponseEntity.ok().cacheControl(CacheControl.noStore())
                .body(PageJson.of(page, server -> McpServerJson.of(server, lastFetched.get(server.id()))));
    }

    @GetMapping("/{slug}")
    ResponseEntity<McpServerJson> get(Caller caller, @PathVariable String slug) {
        return shown(ResponseEntity.ok(), servers.get(caller, known(slug)));
    }

    @PatchMapping(path = "/{slug}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<McpServerJson> change(Caller caller, @PathVariable String slug, RequestFields body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Change change = McpServerRequests.change(body);
        return shown(ResponseEntity.ok(),
                withHeadersToKeep(() -> servers.change(caller, known(slug), change, ETags.expected(ifMatch))));
    }

    @PostMapping(path = "/{slug}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<McpServerJson> rotate(Caller caller, @PathVariable String slug, RequestFields body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return shown(ResponseEntity.ok(),
                servers.rotate(caller, known(slug), McpServerRequests.rotation(body), ETags.expected(ifMatch)));
    }

    @DeleteMapping("/{slug}")
    ResponseEntity<Void> revoke(Caller caller, @PathVariable String slug,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        servers.revoke(caller, known(slug), ETags.expected(ifMatch));
        return ResponseEntity.noContent().build();
    }

    /** What is no slug is no server's, and is not repeated in the answer. */
    private static Slug known(String slug) {
        if (!Slug.isValid(slug)) {
            throw new Rejected(RegistryRejection.UNKNOWN_MCP_SERVER, "Unknown MCP server");
        }
        return Slug.of(slug);
    }

    /** Whether a secret header can be kept shows only when the server is looked at. */
    private static McpServerView withHeadersToKeep(Supplier<McpServerView> write) {
        try {
            return write.get();
        } catch (InvalidValue e) {
            throw new InvalidRequest("headers", e.whatIsAllowed());
        }
    }

    private ResponseEntity<McpServerJson> shown(ResponseEntity.BodyBuilder answer, McpServerView server) {
        Instant lastFetched = reads.fetched(server.organization(), List.of(server.id())).get(server.id());
        return answer.eTag(ETags.of(server.serverVersion())).cacheControl(CacheControl.noStore())
                .body(McpServerJson.of(server, lastFetched));
    }
}
