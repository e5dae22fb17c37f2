/**
 * Requests to servers that customers name: https only, never to an address inside, never further than where it was sent,
 * bounded in size and time.
 */
@NullMarked
package build.leash.secrets.outbound;

import org.jspecify.annotations.NullMarked;
