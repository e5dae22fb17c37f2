/** The card and the pages for custom MCP servers. */
@NullMarked
package build.leash.app.dashboard.servers;

import org.jspecify.annotations.NullMarked;
