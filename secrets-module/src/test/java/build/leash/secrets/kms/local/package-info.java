@NullMarked
package build.leash.secrets.kms.local;

import org.jspecify.annotations.NullMarked;
