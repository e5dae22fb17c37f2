/** The running product: composition, event store, database, HTTP. The top floor, which sees every module's api. */
@ApplicationModule(displayName = "App")
@NullMarked
package build.leash.app;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
