/** Verifies exports of the event log. Needs neither the server nor the database, and trusts neither. */
@NullMarked
package build.leash.app.audit.verify;

import org.jspecify.annotations.NullMarked;
