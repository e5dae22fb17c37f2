/** Bringing MCP servers in. */
@NullMarked
package build.leash.app.dashboard.imports;

import org.jspecify.annotations.NullMarked;
