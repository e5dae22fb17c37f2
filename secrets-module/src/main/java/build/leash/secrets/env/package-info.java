/** Apps, their manifests, secret sources and what they hold: aggregates, read models, and the reads of apps. */
@NullMarked
package build.leash.secrets.env;

import org.jspecify.annotations.NullMarked;
