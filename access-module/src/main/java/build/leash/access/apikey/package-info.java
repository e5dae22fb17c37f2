/** API keys as people list them and as apps present them: the read model and the façade over it. */
@NullMarked
package build.leash.access.apikey;

import org.jspecify.annotations.NullMarked;
