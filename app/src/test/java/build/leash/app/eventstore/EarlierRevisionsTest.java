package build.leash.app.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventName;
import build.leash.access.api.event.Projection;
import build.leash.access.api.event.Rebuild;
import build.leash.app.audit.replay.ReplayCommand;
import build.leash.app.durability.ReadModelRebuild;
import build.leash.app.eventstore.ArtificialEvents.NoteTaken;
import build.leash.app.support.RunningLeash;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The log holds what earlier versions wrote: every golden file in every revision, and an artificial event that has an
 * earlier revision. The projections' handlers, by way of Axon, and the queries of an audit make the same of it.
 */
class EarlierRevisionsTest {

    private static final String NOTE = "{\"organizationId\": \"%s\", \"note\": \"%s\"}";

    private static RunningLeash leash;
    private static JdbcClient jdbc;

    static final class NoteProjection {

        private final JdbcClient jdbc;

        NoteProjection(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @EventHandler
        void on(NoteTaken event) {
            jdbc.sql("insert into notes.note (organization_id, text, language) values (?, ?, ?)")
                    .params(event.organizationId().value(), event.text(), event.language()).update();
        }
    }

    static final class WithLanguage extends SingleEventUpcaster {

        private static final SimpleSerializedType BEFORE = new SimpleSerializedType("test.note-taken", "1");

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(BEFORE);
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(new SimpleSerializedType("test.note-taken", "2"), JsonNode.class, before -> {
                ObjectNode after = (ObjectNode) before;
                after.set("text", after.remove("note"));
                return after.put("language", "en");
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NotesConfiguration {

        @Bean
        EventFamily notes() {
            return new EventFamily(ArtificialEvents.Notes.class);
        }

        @Bean
        EventUpcaster withLanguage() {
            return new WithLanguage();
        }

        @Bean
        Projection noteProjection(JdbcClient jdbc) {
            jdbc.sql("create schema notes").update();
            jdbc.sql("create table notes.note (organization_id uuid, text text, language text, primary key"
                    + " (organization_id, text))").update();
            return new Projection("test.note", new NoteProjection(jdbc),
                    List.of(Rebuild.state("notes", "notes.note", "organization_id", """
                            select organization_id, data ->> 'text', data ->> 'language' from log
                            where type = 'test.note-taken'
                            """)));
        }
    }

    @BeforeAll
    static void start() {
        leash = RunningLeash.startWith(NotesConfiguration.class);
        jdbc = leash.bean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        leash.close();
    }

    @Test
    void handlersAndQueriesMakeTheSameOfWhatEarlierVersionsWrote() {
        String organization = UUID.randomUUID().toString();
        append("note:1", "test.note-taken", "1", NOTE.formatted(organization, "written long ago"));
        leash.bean(EventStore.class).publish(new GenericDomainEventMessage<>("Note", "note:2", 0,
                new NoteTaken(OrganizationId.of(organization), "written today", "de"),
                MetaData.with("actor", "system:test").and("requestId", "r")));
        appendGoldenFiles();

        assertThat(leash.bean(EventStore.class).readEvents("note:1").next().getPayload())
                .isEqualTo(new NoteTaken(OrganizationId.of(organization), "written long ago", "en"));

        assertThat(replay(true)).contains("notes.note: DIFFERENT").contains("Swapped in");
        assertThat(replay(false)).doesNotContain("DIFFERENT");
        assertThat(jdbc.sql("select text || ' ' || language from notes.note order by 1").query(String.class).list())
                .containsExactly("written long ago en", "written today de");
        ReadModelRebuild.Comparison byHandlers = new ReadModelRebuild(leash).compare();
        byHandlers.live().forEach((table, rows) -> assertThat(byHandlers.rebuilt().get(table)).as(table)
                .isEqualTo(rows));
        assertThat(byHandlers.events()).isGreaterThan(2 * GoldenEvents.files().size());
        assertThat(byHandlers.live().get("config.endpoint")).hasSize(2);
        assertThat(byHandlers.live().get("access.api_key")).anyMatch(row -> row.endsWith(",default)"));
    }

    /** Each file's event in three organizations; in the second and third nothing is taken away again. */
    private static void appendGoldenFiles() {
        for (int organization = 1; organization <= 3; organization++) {
            int own = organization;
            GoldenEvents.examples().forEach(event -> {
                String name = event.getClass().getAnnotation(EventName.class).value();
                int present = Integer.parseInt(event.getClass().getAnnotation(Revision.class).value());
                // An earlier revision stands for its event once, in the last organization that there is.
                int revision = own == 3 ? 1 : present;
                if (own == 1 || !name.matches(".*(revoked|removed|shredded|withdrawn)")) {
                    append("golden:" + own + ":" + name, name, Integer.toString(revision),
                            of(own, GoldenEvents.read(name + "." + revision)));
                }
            });
        }
    }

    /** The same with ids of its own. */
    private static String of(int organization, String json) {
        return json.replaceAll("([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{11})[0-9a-f]\"",
                "$1" + organization + "\"").replace("abababab", "abababa" + organization);
    }

    private static void append(String aggregate, String name, String revision, String payload) {
        jdbc.sql("""
                insert into eventstore.domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                  time_stamp, payload_type, payload_revision, payload, meta_data)
                values (?, ?, 0, 'Earlier', '2026-01-31T12:00:00.000Z', ?, ?, convert_to(?, 'UTF8'),
                  convert_to('{"actor": "system:test", "requestId": "r"}', 'UTF8'))
                """).params(UUID.randomUUID().toString(), aggregate, name, revision, payload).update();
    }

    private static String replay(boolean isSwapWanted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        leash.bean(ReplayCommand.class).run(new PrintStream(out, true, StandardCharsets.UTF_8), true, isSwapWanted);
        return out.toString(StandardCharsets.UTF_8);
    }
}
