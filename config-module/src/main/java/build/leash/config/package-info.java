/**
 * The read side: an app asks for an MCP server by slug and gets its URL and headers, bearer attached. Fresh to the
 * latest committed change, and without ever contacting the server.
 */
@ApplicationModule(displayName = "Config", allowedDependencies = {"access::api", "access::event", "billing::api",
        "secrets::api", "registry::api", "registry::event"})
@NullMarked
package build.leash.config;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
