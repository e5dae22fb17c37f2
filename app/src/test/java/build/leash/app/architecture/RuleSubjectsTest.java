package build.leash.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Slug;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A rule about classes that could not be read holds for nothing: the importer skips what it does not understand. */
class RuleSubjectsTest {

    private static final int JAVA_25 = 69;
    private static final int MAGIC_AND_MINOR_VERSION = 6;

    @Test
    void classFilesOfThisJavaVersionAreRead() throws IOException {
        assertThat(versionOf(Slug.class)).isEqualTo(JAVA_25);
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("build.leash");
        assertThat(classes.get(Slug.class).getMethods()).isNotEmpty();
        for (String module : new String[]{"access", "billing", "secrets", "registry", "config", "app"}) {
            assertThat(classes.stream().filter(type -> type.getPackageName().startsWith("build.leash." + module)))
                    .as(module).hasSizeGreaterThan(10);
        }
    }

    private static int versionOf(Class<?> type) throws IOException {
        try (DataInputStream in = new DataInputStream(
                type.getResourceAsStream(type.getSimpleName() + ".class"))) {
            in.skipNBytes(MAGIC_AND_MINOR_VERSION);
            return in.readUnsignedShort();
        }
    }
}
