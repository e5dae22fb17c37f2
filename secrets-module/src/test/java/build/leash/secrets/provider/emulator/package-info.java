/** Google Secret Manager as a server on this machine, for the tests of this module and of the floors above. */
@NullMarked
package build.leash.secrets.provider.emulator;

import org.jspecify.annotations.NullMarked;
