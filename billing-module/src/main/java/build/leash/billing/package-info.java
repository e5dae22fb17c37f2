/** What an organization pays for: its subscription, the plan that follows from it, and what the plan entitles to. */
@ApplicationModule(displayName = "Billing", allowedDependencies = {"access::api", "access::event"})
@NullMarked
package build.leash.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
