/** What happened, in plain words: an organization's recent activity and the history of one server. */
@NullMarked
package build.leash.app.dashboard.activity;

import org.jspecify.annotations.NullMarked;
