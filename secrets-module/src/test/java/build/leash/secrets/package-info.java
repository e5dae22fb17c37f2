/** What tests of several rooms of this module share. */
@NullMarked
package build.leash.secrets;

import org.jspecify.annotations.NullMarked;
