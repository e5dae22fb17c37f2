@NullMarked
package build.leash.secrets.provider;

import org.jspecify.annotations.NullMarked;
