/** The rules of the house that no compiler knows: which module may see what, and which class may do what. */
@NullMarked
package build.leash.app.architecture;

import org.jspecify.annotations.NullMarked;
