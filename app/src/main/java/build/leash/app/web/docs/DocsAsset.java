package build.leash.app.web.docs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;

/** The files that the pages are made of: our own, and of Swagger UI no more than what renders the document. */
enum DocsAsset {
    STYLE("docs.css", "docs/", "css"),
    API("api.js", "docs/", "javascript"),
    SWAGGER_UI("swagger-ui-bundle.js", DocsAsset.WEBJAR, "javascript"),
    SWAGGER_UI_STYLE("swagger-ui.css", DocsAsset.WEBJAR, "css");

    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/5.34.1/";

    private final String fileName;
    private final String folder;
    @SuppressWarnings("ImmutableEnumChecker") // its parameters are never changed
    private final MediaType type;

    DocsAsset(String fileName, String folder, String subtype) {
        this.fileName = fileName;
        this.folder = folder;
        this.type = new MediaType("text", subtype, StandardCharsets.UTF_8);
    }

    static Optional<DocsAsset> named(String fileName) {
        return Arrays.stream(values()).filter(asset -> asset.fileName.equals(fileName)).findFirst();
    }

    MediaType type() {
        return type;
    }

    Resource resource() {
        return new ClassPathResource(folder + fileName);
    }
}
