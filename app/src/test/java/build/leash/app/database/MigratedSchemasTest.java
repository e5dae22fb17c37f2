package build.leash.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.RunningLeash;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigratedSchemasTest {

    private final DataSource database = RunningLeash.shared().bean(DataSource.class);
    private final JdbcClient jdbc = JdbcClient.create(database);

    /** The comments are those of the other tests' application, too. */
    @AfterEach
    void leaveItAsItWas() {
        read().note("web");
    }

    private MigratedSchemas read() {
        return new MigratedSchemas(database, MigrationConfiguration.SCHEMAS);
    }

    @Test
    void afterAStartNoSchemaIsLeftForTheNextOne() {
        assertThat(MigrationConfiguration.SCHEMAS).allMatch(read()::isCurrent);
    }

    @Test
    void eachSchemaHasADigestOfItsOwnFiles() {
        List<String> comments = jdbc.sql("select obj_description(oid) from pg_namespace where nspname in (:schemas)")
                .param("schemas", MigrationConfiguration.SCHEMAS).query(String.class).list();

        assertThat(comments).hasSameSizeAs(MigrationConfiguration.SCHEMAS).doesNotHaveDuplicates()
                .allMatch(comment -> comment.matches("Migrated: [0-9a-f]{64}"));
    }

    @Test
    void whatAnotherBuildHasMigratedIsLookedAtAgain() {
        jdbc.sql("comment on schema web is 'Migrated: " + "0".repeat(64) + "'").update();

        assertThat(read().isCurrent("web")).isFalse();
        assertThat(read().isCurrent("audit")).isTrue();
    }

    @Test
    void soIsASchemaThatWasDroppedAndMadeAgain() {
        jdbc.sql("comment on schema web is null").update();

        assertThat(read().isCurrent("web")).isFalse();
    }
}
