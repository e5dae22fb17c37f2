/**
 * A true MCP server and the official MCP clients, so that tests prove what an app really experiences: the
 * {@code url} and {@code headers} that Leash answers either open the door of the upstream server or they do not.
 */
@NullMarked
package build.leash.app.mcp;

import org.jspecify.annotations.NullMarked;
