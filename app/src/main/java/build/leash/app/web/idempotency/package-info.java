/** POSTs that can be sent twice: the first answer is kept, sealed, and given again. */
@NullMarked
package build.leash.app.web.idempotency;

import org.jspecify.annotations.NullMarked;
