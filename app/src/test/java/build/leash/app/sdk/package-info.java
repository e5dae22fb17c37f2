/**
 * Both SDKs against the running product and true MCP servers, as an app's developer has them: the packed package from
 * npm's point of view, and the classes of the jar.
 */
@NullMarked
package build.leash.app.sdk;

import org.jspecify.annotations.NullMarked;
