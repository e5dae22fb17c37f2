/** What every module's tables have in common: how they are migrated, and how a database out of reach is recognized. */
@NullMarked
package build.leash.app.database;

import org.jspecify.annotations.NullMarked;
