@NullMarked
package build.leash.app.audit.readlog;

import org.jspecify.annotations.NullMarked;
