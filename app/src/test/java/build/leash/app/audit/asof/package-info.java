@NullMarked
package build.leash.app.audit.asof;

import org.jspecify.annotations.NullMarked;
