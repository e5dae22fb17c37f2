@NullMarked
package build.leash.secrets.kms;

import org.jspecify.annotations.NullMarked;
