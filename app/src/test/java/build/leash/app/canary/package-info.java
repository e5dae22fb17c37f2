/**
 * Sends known secrets wherever a caller can put one, and then looks for them wherever the product leaves a trace. Every
 * place is searched for something that must be there as well, so that a search that finds nothing means something.
 */
@NullMarked
package build.leash.app.canary;

import org.jspecify.annotations.NullMarked;
