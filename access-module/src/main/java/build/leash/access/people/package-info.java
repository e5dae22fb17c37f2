/** People and how they are recognized: their passwords, their identities elsewhere, their sessions. */
@NullMarked
package build.leash.access.people;

import org.jspecify.annotations.NullMarked;
