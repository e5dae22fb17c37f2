/**
 * What the floors above may use: the caller and its permissions, the values that travel everywhere (organization ids,
 * slugs, rejections), the façades for organizations and API keys, and the one way in which a command is sent.
 */
@NamedInterface("api")
@NullMarked
package build.leash.access.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
