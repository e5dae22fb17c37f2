/** What people read about the API: its document, rendered and as it is, and the list of error codes. */
@NullMarked
package build.leash.app.web.docs;

import org.jspecify.annotations.NullMarked;
