/** Errors as callers see them: the closed set of codes, and problem documents (RFC 9457) made from whatever happened. */
@NullMarked
package build.leash.app.web.error;

import org.jspecify.annotations.NullMarked;
