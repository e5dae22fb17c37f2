/** What all pages of the dashboard share: their frame, their assets, their forms, and how they say that something failed. */
@NullMarked
package build.leash.app.dashboard.page;

import org.jspecify.annotations.NullMarked;
