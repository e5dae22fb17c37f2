@NullMarked
package build.leash.secrets.outbound;

import org.jspecify.annotations.NullMarked;
