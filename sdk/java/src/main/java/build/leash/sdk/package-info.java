/**
 * An app's way to the MCP servers and env values that its organization keeps in Leash. It begins with {@link Leash}.
 * Nothing here depends on the product; what the two share is the HTTP API.
 */
@NullMarked
package build.leash.sdk;

import org.jspecify.annotations.NullMarked;
