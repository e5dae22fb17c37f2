/** The card for the plan. */
@NullMarked
package build.leash.app.dashboard.plan;

import org.jspecify.annotations.NullMarked;
