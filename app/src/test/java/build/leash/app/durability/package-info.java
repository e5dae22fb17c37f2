/** What a killed process leaves behind: everything that was acknowledged, and nothing half done. */
@NullMarked
package build.leash.app.durability;

import org.jspecify.annotations.NullMarked;
