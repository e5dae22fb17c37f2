package build.leash.app.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.DisplayName;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.EventName;
import build.leash.access.api.event.RecordedEvent;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import tools.jackson.databind.json.JsonMapper;

/** What the log holds is a wire format: each event is written as its golden file says, and the file reads back as it. */
class GoldenEventTest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final EventCatalogue catalogue = new EventCatalogue(GoldenEvents.families());
    private final EventSerializer serializer = new EventSerializer(catalogue, new Aggregates(List.of()));

    static Stream<RecordedEvent> examples() {
        return GoldenEvents.examples();
    }

    static List<String> files() {
        return GoldenEvents.files();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isWrittenAsItsGoldenFileSays(RecordedEvent event) {
        SerializedObject<String> written = serializer.serialize(event, String.class);
        String golden = GoldenEvents.read(nameAndRevision(written.getType()));
        assertThat(written.getData()).as("properties, values and order").isEqualTo(json.readTree(golden).toString());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void goesUnderItsExplicitNameAndRevision(RecordedEvent event) {
        SerializedType type = serializer.typeForClass(event.getClass());
        assertThat(type.getName()).isEqualTo(event.getClass().getAnnotation(EventName.class).value())
                .matches("[a-z]+\\.[a-z]+(?:-[a-z]+)*");
        assertThat(type.getRevision()).isEqualTo(event.getClass().getAnnotation(Revision.class).value())
                .matches("[1-9][0-9]*");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsBackEqual(RecordedEvent event) {
        SerializedType type = serializer.typeForClass(event.getClass());
        Object read = serializer.deserialize(
                new SimpleSerializedObject<>(GoldenEvents.read(nameAndRevision(type)), String.class, type));
        assertThat(read).isEqualTo(event);
    }

    /** Keys that were issued before there were apps name none. */
    @Test
    void aKeyOfTheFirstRevisionNamesNoApp() {
        Object read = serializer.deserialize(new SimpleSerializedObject<>(GoldenEvents.read("access.api-key-issued.1"),
                String.class, new SimpleSerializedType("access.api-key-issued", "1")));
        assertThat(read).isInstanceOfSatisfying(ApiKeyIssued.class, issued -> {
            assertThat(issued.app()).isNull();
            assertThat(issued.name()).isEqualTo(DisplayName.of("CI"));
        });
    }

    @Test
    void everyEventHasAGoldenFileAndAnExample() {
        List<String> ofTheCatalogue = catalogue.events().stream().map(serializer::typeForClass)
                .map(GoldenEventTest::nameAndRevision).toList();
        List<String> ofTheExamples = examples().map(RecordedEvent::getClass).map(serializer::typeForClass)
                .map(GoldenEventTest::nameAndRevision).toList();
        assertThat(files()).containsAll(ofTheCatalogue);
        assertThat(ofTheExamples).containsExactlyInAnyOrderElementsOf(ofTheCatalogue);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyGoldenFileIsOfAnEventInItsPresentOrAnEarlierRevision(String file) {
        int dot = file.lastIndexOf('.');
        String present = serializer.typeForClass(catalogue.classOf(file.substring(0, dot))).getRevision();
        assertThat(Integer.parseInt(file.substring(dot + 1))).isBetween(1, Integer.parseInt(present));
    }

    /** A module that is forgotten here would have its events in the log without a golden file. */
    @Test
    void theCatalogueHasEveryEventClassThereIs() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AssignableTypeFilter(RecordedEvent.class));
        List<String> found = Stream.of("access", "billing", "secrets", "registry", "config", "app")
                .flatMap(module -> scan.findCandidateComponents("build.leash." + module).stream())
                .map(definition -> definition.getBeanClassName()).filter(name -> !name.contains("Artificial")).toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(
                catalogue.events().stream().map(Class::getName).toList());
    }

    private static String nameAndRevision(SerializedType type) {
        return type.getName() + "." + type.getRevision();
    }
}
