package build.leash.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.eventstore.EventCatalogue;
import build.leash.app.support.RunningLeash;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class EventCatalogueDocumentTest {

    private static final String BEGIN = "<!-- catalogue -->\n";
    private static final String END = "<!-- end of catalogue -->";

    @Test
    void theDocumentListsEveryEventAsTheCodeHasIt() throws IOException {
        String document = Files.readString(Path.of("../docs/audit.md"));
        String written = document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END));

        assertThat(written).as("docs/audit.md, between the marks").isEqualTo(catalogue());
    }

    private static String catalogue() {
        EventCatalogue events = RunningLeash.shared().bean(EventCatalogue.class);
        return "\n| event | revision | members |\n|---|---|---|\n" + events.events().stream()
                .sorted(Comparator.comparing(events::nameOf))
                .map(event -> "| `" + events.nameOf(event) + "` | " + event.getAnnotation(Revision.class).value()
                        + " | "
                        + Arrays.stream(event.getRecordComponents()).map(EventCatalogueDocumentTest::member)
                                .collect(Collectors.joining(", "))
                        + " |\n")
                .collect(Collectors.joining()) + "\n";
    }

    private static String member(RecordComponent component) {
        boolean isOptional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return "`" + component.getName() + "` " + name(component.getGenericType()) + (isOptional ? "?" : "");
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("[a-z.]+\\.", "").replaceAll("[^A-Za-z0-9]+", " ").strip();
    }
}
