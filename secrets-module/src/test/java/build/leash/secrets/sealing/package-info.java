@NullMarked
package build.leash.secrets.sealing;

import org.jspecify.annotations.NullMarked;
