@NullMarked
package build.leash.secrets.lifecycle;

import org.jspecify.annotations.NullMarked;
