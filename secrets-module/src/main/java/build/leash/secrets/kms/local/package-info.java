/** The provider for one machine: KEKs in a file. */
@NullMarked
package build.leash.secrets.kms.local;

import org.jspecify.annotations.NullMarked;
