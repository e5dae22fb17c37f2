@NullMarked
package build.leash.app.audit.replay;

import org.jspecify.annotations.NullMarked;
