/** Who may ask somebody outside when: no organization takes the others' turns. */
@NullMarked
package build.leash.secrets.turns;

import org.jspecify.annotations.NullMarked;
