@NullMarked
package build.leash.app.audit.verify;

import org.jspecify.annotations.NullMarked;
