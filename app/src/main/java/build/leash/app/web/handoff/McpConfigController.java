package build.leash.app.web.handoff;

import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppKey;
import build.leash.app.audit.readlog.ReadLog;
import build.leash.app.web.ETags;
import build.leash.app.web.RateLimit;
import build.leash.config.api.HandOff;
import build.leash.config.api.HandOffs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/integrations/mcp-config/{slug}}: hands an MCP server off. */
@RestController
class McpConfigController {

    private final ApiKeys keys;
    private final RateLimit rateLimit;
    private final HandOffs handOffs;
    private final ReadLog reads;

    McpConfigController(ApiKeys keys, RateLimit rateLimit, HandOffs handOffs, ReadLog reads) {
        this.keys = keys;
        this.rateLimit = rateLimit;
        this.handOffs = handOffs;
        this.reads = reads;
    }

    @GetMapping(path = "/api/integrations/mcp-config/{slug}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<McpConfig> get(@PathVariable String slug,
            @RequestHeader(name = "X-API-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch,
            HttpServletRequest request) {
        AppKey app = keys.recognizeApp(key);
        HandOff handOff = reads.recorded(request, app, slug, () -> {
            rateLimit.use(app.id());
            return handOffs.handOff(app, slug, version -> ETags.matches(ifNoneMatch, version));
        });
        return switch (handOff) {
            case HandOff.Unchanged unchanged -> answer(HttpStatus.NOT_MODIFIED, unchanged).build();
            case HandOff.Endpoint endpoint -> answer(HttpStatus.OK, endpoint).body(McpConfig.of(endpoint));
        };
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, HandOff handOff) {
        return ResponseEntity.status(status).eTag(ETags.of(handOff.version())).cacheControl(CacheControl.noStore());
    }

    /** The answer's body. Carries secrets, so it does not print itself. */
    record McpConfig(boolean success, Data data) {

        static McpConfig of(HandOff.Endpoint endpoint) {
            return new McpConfig(true, new Data(endpoint.slug(), endpoint.displayName(), endpoint.url(),
                    endpoint.headers(), endpoint.transport().toString(), endpoint.version().version()));
        }

        @Override
        public String toString() {
            return "McpConfig[…]";
        }
    }

    record Data(String slug, String displayName, String url, Map<String, String> headers, String transport,
            long version) {

        @Override
        public String toString() {
            return "Data[…]";
        }
    }
}
