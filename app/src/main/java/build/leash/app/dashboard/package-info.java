/** The dashboard: pages for the people of an organization, made on the server. */
@NullMarked
package build.leash.app.dashboard;

import org.jspecify.annotations.NullMarked;
