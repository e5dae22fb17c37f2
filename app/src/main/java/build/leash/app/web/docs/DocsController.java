package build.leash.app.web.docs;

import build.leash.access.api.Rejected;
import build.leash.app.web.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The documentation. Needs no key, because it says the same to everybody, and no network but this server's. */
@RestController
class DocsController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final CacheControl CACHED = CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

    /** Everything comes from here; scripts and styles from files only, so that none can be smuggled into a page. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ApiDocument document;

    DocsController(ApiDocument document) {
        this.document = document;
    }

    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> json() {
        return answer(MediaType.APPLICATION_JSON).body(document.json());
    }

    @GetMapping("/v3/api-docs.yaml")
    ResponseEntity<byte[]> yaml() {
        return answer(MediaType.APPLICATION_YAML).body(document.yaml());
    }

    @GetMapping("/docs/api")
    ResponseEntity<Resource> api() {
        return answer(HTML).body(new ClassPathResource("docs/api.html"));
    }

    @GetMapping("/docs/errors")
    ResponseEntity<byte[]> errors() {
        return answer(HTML).body(ErrorsPage.html().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/docs/assets/{name}")
    ResponseEntity<Resource> asset(@PathVariable String name) {
        DocsAsset asset = DocsAsset.named(name)
                .orElseThrow(() -> new Rejected(ErrorCode.NOT_FOUND, "There is nothing at this path."));
        return answer(asset.type()).body(asset.resource());
    }

    private static ResponseEntity.BodyBuilder answer(MediaType type) {
        return ResponseEntity.ok().contentType(type).cacheControl(CACHED)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY).header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }
}
