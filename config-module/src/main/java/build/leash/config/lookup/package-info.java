/** Looking a slug up: the read model, the checks in their order, and the opening of what is sealed. */
@NullMarked
package build.leash.config.lookup;

import org.jspecify.annotations.NullMarked;
