package build.leash.app.web.error;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

class ErrorCodeTest {

    private static final Path PAGE = Path.of("../docs/errors.md");

    @Test
    void everyRejectionOfAModuleHasACode() {
        assertThat(ErrorCode.rejections()).isNotEmpty()
                .allSatisfy(rejection -> assertThat(ErrorCode.of(rejection).name()).isEqualTo(rejection.name()));
    }

    @Test
    void everyModulesRejectionsAreKnown() {
        ClassPathScanningCandidateComponentProvider rejections = new ClassPathScanningCandidateComponentProvider(false);
        rejections.addIncludeFilter(new AssignableTypeFilter(Rejection.class));

        assertThat(rejections.findCandidateComponents("build.leash")).map(BeanDefinition::getBeanClassName)
                .filteredOn(name -> !name.equals(ErrorCode.class.getName())).isNotEmpty().allSatisfy(
                        name -> assertThat(ErrorCode.rejections())
                                .extracting(rejection -> rejection.getClass().getName())
                                .contains(name));
    }

    /** To write it anew: {@code mvn -pl app -am test -Dtest=ErrorCodeTest -Dleash.write-docs=true}. */
    @Test
    void pageInTheRepositoryIsUpToDate() throws IOException {
        if (Boolean.getBoolean("leash.write-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, markdown());
        }

        assertThat(PAGE).content().isEqualTo(markdown());
    }

    private static String markdown() {
        return """
                # Errors

                <!-- Made from ErrorCode.java; ErrorCodeTest tells how to write it anew. -->

                Every error is a problem document (RFC 9457, `application/problem+json`). Its `code` is one of these, and
                no other. The running product shows this list at `/docs/errors`.

                """
                + Arrays.stream(ErrorCode.values()).map(ErrorCodeTest::section).collect(Collectors.joining("\n"));
    }

    private static String section(ErrorCode code) {
        return """
                ## %s

                %d %s. %s

                **What to do:** %s
                """.formatted(code.code(), code.status(), code.title(), code.detail(), code.action());
    }
}
