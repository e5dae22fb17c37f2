/** The event log for auditors: pages of it, one event with its proof, and whole exports that anybody can verify. */
@NullMarked
package build.leash.app.audit.export;

import org.jspecify.annotations.NullMarked;
