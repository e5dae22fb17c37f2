package build.leash.app.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;

/** The classes that the product runs: no tests, also not another module's, and not the SDK, which is for its callers. */
final class ProductOnly implements ImportOption {

    private static final List<String> STRANGERS = List.of("-tests.jar", "/sdk/java/", "/leash-sdk-");

    private final ImportOption noTests = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return noTests.includes(location) && STRANGERS.stream().noneMatch(location::contains);
    }
}
