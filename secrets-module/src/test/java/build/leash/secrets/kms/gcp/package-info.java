@NullMarked
package build.leash.secrets.kms.gcp;

import org.jspecify.annotations.NullMarked;
