/** The pages for auditors: the log, single events with their proofs, reads, checkpoints and exports, past states. */
@NullMarked
package build.leash.app.dashboard.audit;

import org.jspecify.annotations.NullMarked;
