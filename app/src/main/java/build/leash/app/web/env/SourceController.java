package build.leash.app.web.env;

import build.leash.access.api.Caller;
import build.leash.app.web.ETags;
import build.leash.app.web.RequestFields;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.api.ValueView;
import java.net.URI;
import java.util.List;
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

/** {@code /api/organization/secret-sources}. */
@RestController
@RequestMapping(SourceController.PATH)
class SourceController {

    static final String PATH = "/api/organization/secret-sources";

    private final SecretSources sources;

    SourceController(SecretSources sources) {
        this.sources = sources;
    }

    /** All of them: there are at most {@link SecretSources#MAX_SOURCES}. */
    record SourcesJson(List<SourceView> items) {}

    /** Everything that a source holds, without the values. */
    record ValuesJson(List<ValueView> items) {}

    @GetMapping
    ResponseEntity<SourcesJson> list(Caller caller) {
        return shown(ResponseEntity.ok(), new SourcesJson(sources.list(caller)));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SourceView> add(Caller caller, RequestFields body) {
        SourceView source = sources.add(caller, SourceRequests.request(body));
        return tagged(ResponseEntity.created(URI.create(PATH + "/" + source.id())), source);
    }

    @GetMapping("/{id}")
    ResponseEntity<SourceView> get(Caller caller, @PathVariable String id) {
        return tagged(ResponseEntity.ok(), sources.get(caller, EnvPath.source(id)));
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SourceView> change(Caller caller, @PathVariable String id, RequestFields body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        SourceId source = EnvPath.source(id);
        return tagged(ResponseEntity.ok(), sources.change(caller, source, SourceRequests.change(body),
                ETags.expected(ifMatch, source.toString())));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        SourceId source = EnvPath.source(id);
        sources.remove(caller, source, ETags.expected(ifMatch, source.toString()));
        return ResponseEntity.noContent().build();
    }

    /** Answers when the source did, or is known not to. */
    @PostMapping("/{id}/sync")
    ResponseEntity<SourceView> sync(Caller caller, @PathVariable String id) {
        return tagged(ResponseEntity.ok(), sources.sync(caller, EnvPath.source(id)));
    }

    @GetMapping("/{id}/values")
    ResponseEntity<ValuesJson> values(Caller caller, @PathVariable String id) {
        return shown(ResponseEntity.ok(), new ValuesJson(sources.values(caller, EnvPath.source(id))));
    }

    private static ResponseEntity<SourceView> tagged(ResponseEntity.BodyBuilder answer, SourceView source) {
        return shown(answer.eTag(ETags.of(source.id().toString(), source.version())), source);
    }

    private static <T> ResponseEntity<T> shown(ResponseEntity.BodyBuilder answer, T body) {
        return answer.cacheControl(CacheControl.noStore()).body(body);
    }
}
