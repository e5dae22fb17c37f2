/** The subscription: its aggregate, its commands, the plan projection, and the façades that ask it. */
@NullMarked
package build.leash.billing.subscription;

import org.jspecify.annotations.NullMarked;
