/** The SDK against words put into the platform's mouth; the tests against the platform itself are in {@code app}. */
@NullMarked
package build.leash.sdk;

import org.jspecify.annotations.NullMarked;
