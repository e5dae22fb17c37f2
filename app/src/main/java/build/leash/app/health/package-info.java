/** What operators are told about the parts that Leash depends on. */
@NullMarked
package build.leash.app.health;

import org.jspecify.annotations.NullMarked;
