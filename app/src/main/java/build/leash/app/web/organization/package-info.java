/** The write side over HTTP: what the dashboard and automation call for the caller's organization. */
@NullMarked
package build.leash.app.web.organization;

import org.jspecify.annotations.NullMarked;
