/**
 * The write side: which MCP servers an organization has registered, under which slug, with which URL, bearer and static
 * headers. Decides about every change to them and records it.
 */
@ApplicationModule(displayName = "Registry", allowedDependencies = {"access::api", "access::event", "billing::api",
        "secrets::api"})
@NullMarked
package build.leash.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
