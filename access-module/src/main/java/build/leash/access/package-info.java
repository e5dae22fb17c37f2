/**
 * Who is calling: organizations, their members and roles, their API keys. The lowest floor: every other module asks
 * here, and this one asks nobody.
 */
@ApplicationModule(displayName = "Access", allowedDependencies = {})
@NullMarked
package build.leash.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
