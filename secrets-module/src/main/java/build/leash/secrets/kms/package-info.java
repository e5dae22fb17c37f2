/** Key management services: who holds the key encryption keys, and wraps and unwraps data keys with them. */
@NullMarked
package build.leash.secrets.kms;

import org.jspecify.annotations.NullMarked;
