package build.leash.app.eventstore;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DeserializationFeature;

/**
 * Writes events as JSON under their catalogue name, and reads them back strictly: an unknown name or an unknown
 * property stops the reader. Snapshots of aggregates go under a name of their own and can be thrown away.
 */
final class EventSerializer extends Jackson3Serializer {

    private final EventCatalogue catalogue;
    private final Aggregates aggregates;

    EventSerializer(EventCatalogue catalogue, Aggregates aggregates) {
        super(builder().jsonMapperBuilderCustomizer(
                json -> json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)));
        this.catalogue = catalogue;
        this.aggregates = aggregates;
    }

    @Override
    @SuppressWarnings({"rawtypes", "NullAway"}) // as the overridden method has it; the revision of metadata is null
    public SerializedType typeForClass(Class type) {
        if (type == null || type == MetaData.class || type == Void.class || type == Void.TYPE) {
            return super.typeForClass(type);
        }
        return new SimpleSerializedType(storedName(type), getRevisionResolver().revisionOf(type));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        String name = type.getName();
        if (name.equals(MetaData.class.getName()) || type.equals(SimpleSerializedType.emptyType())) {
            return super.classForType(type);
        }
        return aggregates.withSnapshotName(name).orElseGet(() -> catalogue.classOf(name));
    }

    /** Whether a stored snapshot is of an aggregate in its present revision; another one is passed over and replaced. */
    boolean writesSnapshotsAs(SerializedType stored) {
        return aggregates.withSnapshotName(stored.getName()).map(this::typeForClass).filter(stored::equals).isPresent();
    }

    private String storedName(Class<?> type) {
        return aggregates.has(type) ? aggregates.snapshotName(type) : catalogue.nameOf(type);
    }
}
