/** The organization: its aggregate, which decides about members and keys, the commands to it, and its read models. */
@NullMarked
package build.leash.access.organization;

import org.jspecify.annotations.NullMarked;
