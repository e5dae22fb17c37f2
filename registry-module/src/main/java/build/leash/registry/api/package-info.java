/** What the floors above may use: the façade for MCP servers, the values it takes and what it shows. */
@NamedInterface("api")
@NullMarked
package build.leash.registry.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
