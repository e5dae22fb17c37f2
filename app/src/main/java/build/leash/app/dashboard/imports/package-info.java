/** Bringing MCP servers in from other formats, and giving them out in the registry's. */
@NullMarked
package build.leash.app.dashboard.imports;

import org.jspecify.annotations.NullMarked;
