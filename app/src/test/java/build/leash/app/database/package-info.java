/** Whom the tables belong to. */
@NullMarked
package build.leash.app.database;

import org.jspecify.annotations.NullMarked;
