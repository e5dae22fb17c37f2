@NullMarked
package build.leash.app.audit.ledger;

import org.jspecify.annotations.NullMarked;
