@NullMarked
package build.leash.app.audit.export;

import org.jspecify.annotations.NullMarked;
