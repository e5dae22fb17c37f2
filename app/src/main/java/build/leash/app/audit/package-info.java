/** What auditors need: a ledger that proves the log untouched, exports, replays and states as of a moment. */
@NullMarked
package build.leash.app.audit;

import org.jspecify.annotations.NullMarked;
