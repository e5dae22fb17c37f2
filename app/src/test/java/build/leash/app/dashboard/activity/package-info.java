/** What happened, as pages tell it. */
@NullMarked
package build.leash.app.dashboard.activity;

import org.jspecify.annotations.NullMarked;
