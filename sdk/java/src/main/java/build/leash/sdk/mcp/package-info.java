/**
 * The link to the official MCP client for Java. Only here are its classes used, so that an app without it can do
 * without it.
 */
@NullMarked
package build.leash.sdk.mcp;

import org.jspecify.annotations.NullMarked;
