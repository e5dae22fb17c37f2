/** What apps, sources, values and notifications decide: given events, when a command, expect events or one code. */
@NullMarked
package build.leash.secrets.env;

import org.jspecify.annotations.NullMarked;
