/** The MCP server: its aggregate, the commands to it, its read model, and the façade over them. */
@NullMarked
package build.leash.registry.server;

import org.jspecify.annotations.NullMarked;
