/**
 * The event store: Axon, put together by hand so that nothing about transactions, names or errors is left to defaults.
 */
@NullMarked
package build.leash.app.eventstore;

import org.jspecify.annotations.NullMarked;
