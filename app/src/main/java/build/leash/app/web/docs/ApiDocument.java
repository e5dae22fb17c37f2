package build.leash.app.web.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The API's document (OpenAPI 3.1), {@code openapi.yaml}, written by hand and checked against the running product. */
@Component
class ApiDocument {

    private static final String FILE = "/openapi.yaml";

    private final byte[] yaml = read();
    /** Made when it is first asked for, since few starts have somebody who does. */
    private final Supplier<byte[]> json = SingletonSupplier.of(() -> JsonMapper.builder().build().writeValueAsBytes(
            new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(new String(yaml, StandardCharsets.UTF_8))));

    byte[] yaml() {
        return yaml.clone();
    }

    /** The same as JSON, with the document's anchors written out. */
    byte[] json() {
        return json.get().clone();
    }

    private static byte[] read() {
        try (InputStream in = Objects.requireNonNull(ApiDocument.class.getResourceAsStream(FILE))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
