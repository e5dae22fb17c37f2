/** What the floors above may use: plans, the subscription façade, and the check that a plan includes a feature. */
@NamedInterface("api")
@NullMarked
package build.leash.billing.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
