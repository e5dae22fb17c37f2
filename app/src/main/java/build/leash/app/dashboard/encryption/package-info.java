/** The card for the organization's encryption key. */
@NullMarked
package build.leash.app.dashboard.encryption;

import org.jspecify.annotations.NullMarked;
